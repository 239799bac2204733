package dev.sightline.puzzle.render;

/** Outlines that are added to a {@link Raster}. */
final class Outlines {
  private Outlines() {}

  /** A piece of a ring between two radii. */
  static void ringSector(
      Raster raster,
      double centreX,
      double centreY,
      double inner,
      double outer,
      double start,
      double extent) {
    raster.move(Polar.x(centreX, outer, start), Polar.y(centreY, outer, start));
    raster.arc(centreX, centreY, outer, start, extent);
    raster.arc(centreX, centreY, inner, start + extent, -extent);
    raster.close();
  }

  /** A rectangle with round corners, or a hole of that form. */
  static void rounded(
      Raster raster, double x, double y, double width, double height, double radius, boolean hole) {
    if (width <= 0 || height <= 0) {
      return;
    }
    double r = Math.min(radius, Math.min(width, height) / 2);
    double right = x + width - r;
    double bottom = y + height - r;
    raster.move(x + r, y);
    if (hole) {
      raster.arc(x + r, y + r, r, 270, -90);
      raster.arc(x + r, bottom, r, 180, -90);
      raster.arc(right, bottom, r, 90, -90);
      raster.arc(right, y + r, r, 0, -90);
    } else {
      raster.arc(right, y + r, r, 270, 90);
      raster.arc(right, bottom, r, 0, 90);
      raster.arc(x + r, bottom, r, 90, 90);
      raster.arc(x + r, y + r, r, 180, 90);
    }
    raster.close();
  }
}
