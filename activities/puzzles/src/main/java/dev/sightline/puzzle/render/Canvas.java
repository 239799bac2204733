package dev.sightline.puzzle.render;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.util.Arrays;

/**
 * A picture under a painter's brush. For one thread. Antialiased; the pixels are the same on every
 * machine.
 *
 * <p>Lengths and places are pixels, from the left and the top; pixel (0, 0) covers 0 to 1. Colours
 * are 0xRRGGBB, opaque. Angles are degrees as in {@link Polar}: 0 to the right, clockwise as seen.
 * What lies outside the picture is cut off.
 */
public final class Canvas {
  private static final int LARGEST = 4096;

  private final int width;
  private final int height;
  private final int[] pixels;

  /** A picture of one colour. */
  public Canvas(int width, int height, int background) {
    this(width, height, new int[checked(width) * checked(height)]);
    Arrays.fill(pixels, background & 0xffffff);
  }

  private Canvas(int width, int height, int[] pixels) {
    this.width = width;
    this.height = height;
    this.pixels = pixels;
  }

  private static int checked(int side) {
    if (side < 1 || side > LARGEST) {
      throw new IllegalArgumentException(
          "a canvas has 1 to %d pixels a side, not %d".formatted(LARGEST, side));
    }
    return side;
  }

  /** A copy that is painted on separately, as of a cached background. */
  public Canvas copy() {
    return new Canvas(width, height, pixels.clone());
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The colour of a pixel, 0xRRGGBB. */
  public int pixel(int x, int y) {
    if (x < 0 || y < 0 || x >= width || y >= height) {
      throw new IllegalArgumentException("no pixel " + x + ", " + y);
    }
    return pixels[y * width + x];
  }

  /**
   * Fills a shape, by the rule "non-zero" whatever the shape's own. Where two parts of opposite
   * orientation overlap there is a hole.
   */
  public void fill(Shape shape, int colour) {
    Raster raster = raster();
    raster.add(shape, null);
    raster.paint(pixels, colour & 0xffffff);
  }

  /** Draws a shape's outline, half of the width on either side, with round joins and caps. */
  public void stroke(Shape shape, double width, int colour) {
    Raster raster = raster();
    new Stroker(raster, width, true).add(shape);
    raster.paint(pixels, colour & 0xffffff);
  }

  private Raster raster() {
    return Raster.of(width, height);
  }

  /** A line with round ends, which reach half of the width beyond the points. */
  public void line(double x1, double y1, double x2, double y2, double width, int colour) {
    line(x1, y1, x2, y2, width, true, colour);
  }

  /** A line that ends square at its points. */
  public void lineButt(double x1, double y1, double x2, double y2, double width, int colour) {
    line(x1, y1, x2, y2, width, false, colour);
  }

  private void line(
      double x1, double y1, double x2, double y2, double width, boolean roundEnds, int colour) {
    Raster raster = raster();
    Stroker stroker = new Stroker(raster, width, roundEnds);
    stroker.move(x1, y1);
    stroker.line(x2, y2);
    stroker.end();
    raster.paint(pixels, colour & 0xffffff);
  }

  /** A line through the points x0, y0, x1, y1 and so on, with round joins and ends. */
  public void polyline(double[] xy, double width, int colour) {
    stroked(xy, false, width, colour);
  }

  private void stroked(double[] xy, boolean closed, double width, int colour) {
    Raster raster = raster();
    Stroker stroker = new Stroker(raster, width, true);
    stroker.move(checked(xy)[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      stroker.line(xy[i], xy[i + 1]);
    }
    if (closed) {
      stroker.close();
    }
    stroker.end();
    raster.paint(pixels, colour & 0xffffff);
  }

  private static double[] checked(double[] xy) {
    if (xy.length < 4 || xy.length % 2 != 0) {
      throw new IllegalArgumentException("a path needs two or more points, as x, y, x, y");
    }
    return xy;
  }

  /** A filled rectangle; at whole numbers its edges are sharp. */
  public void rectangle(double x, double y, double width, double height, int colour) {
    if (x == Math.rint(x)
        && y == Math.rint(y)
        && width == Math.rint(width)
        && height == Math.rint(height)) {
      int left = (int) Math.clamp(x, 0, this.width);
      int right = (int) Math.clamp(x + width, 0, this.width);
      int bottom = (int) Math.clamp(y + height, 0, this.height);
      for (int row = (int) Math.clamp(y, 0, this.height); row < bottom && left < right; row++) {
        Arrays.fill(pixels, row * this.width + left, row * this.width + right, colour & 0xffffff);
      }
      return;
    }
    if (width > 0 && height > 0) {
      polygon(new double[] {x, y, x + width, y, x + width, y + height, x, y + height}, colour);
    }
  }

  /** The frame inside a rectangle: its outer edge is the rectangle's. Sharp at whole numbers. */
  public void frame(double x, double y, double width, double height, double line, int colour) {
    rectangle(x, y, width, line, colour);
    rectangle(x, y + height - line, width, line, colour);
    rectangle(x, y + line, line, height - 2 * line, colour);
    rectangle(x + width - line, y + line, line, height - 2 * line, colour);
  }

  /** A filled rectangle with round corners of the given radius. */
  public void roundedRectangle(
      double x, double y, double width, double height, double radius, int colour) {
    Raster raster = raster();
    Outlines.rounded(raster, x, y, width, height, radius, false);
    raster.paint(pixels, colour & 0xffffff);
  }

  /** The frame inside a rectangle with round corners; the radius is that of the outer edge. */
  public void roundedFrame(
      double x, double y, double width, double height, double radius, double line, int colour) {
    Raster raster = raster();
    Outlines.rounded(raster, x, y, width, height, radius, false);
    Outlines.rounded(
        raster,
        x + line,
        y + line,
        width - 2 * line,
        height - 2 * line,
        Math.max(0, radius - line),
        true);
    raster.paint(pixels, colour & 0xffffff);
  }

  /** A filled disc. */
  public void circle(double centreX, double centreY, double radius, int colour) {
    Raster raster = raster();
    raster.disc(centreX, centreY, radius, false);
    raster.paint(pixels, colour & 0xffffff);
  }

  /** A circle line, half of the width on either side of the radius. */
  public void ring(double centreX, double centreY, double radius, double width, int colour) {
    Raster raster = raster();
    raster.disc(centreX, centreY, radius + width / 2, false);
    if (radius > width / 2) {
      raster.disc(centreX, centreY, radius - width / 2, true);
    }
    raster.paint(pixels, colour & 0xffffff);
  }

  /** A filled ellipse with the given half axes. */
  public void ellipse(double centreX, double centreY, double radiusX, double radiusY, int colour) {
    fill(
        new java.awt.geom.Ellipse2D.Double(
            centreX - radiusX, centreY - radiusY, 2 * radiusX, 2 * radiusY),
        colour);
  }

  /** A filled piece of a disc, from {@code start} degrees over {@code extent} degrees. */
  public void sector(
      double centreX, double centreY, double radius, double start, double extent, int colour) {
    Raster raster = raster();
    raster.move(centreX, centreY);
    raster.arc(centreX, centreY, radius, start, extent);
    raster.paint(pixels, colour & 0xffffff);
  }

  /** A filled piece of a ring between two radii. */
  public void ringSector(
      double centreX,
      double centreY,
      double inner,
      double outer,
      double start,
      double extent,
      int colour) {
    Raster raster = raster();
    Outlines.ringSector(raster, centreX, centreY, inner, outer, start, extent);
    raster.paint(pixels, colour & 0xffffff);
  }

  /** A line along a circle, with round ends. */
  public void arc(
      double centreX,
      double centreY,
      double radius,
      double start,
      double extent,
      double width,
      int colour) {
    if (Math.abs(extent) >= 360) {
      ring(centreX, centreY, radius, width, colour);
      return;
    }
    Raster raster = raster();
    double half = width / 2;
    double first = Math.min(start, start + extent); // All three parts turn the same way.
    double last = Math.max(start, start + extent);
    Outlines.ringSector(
        raster, centreX, centreY, Math.max(0, radius - half), radius + half, first, last - first);
    raster.disc(Polar.x(centreX, radius, first), Polar.y(centreY, radius, first), half, false);
    raster.disc(Polar.x(centreX, radius, last), Polar.y(centreY, radius, last), half, false);
    raster.paint(pixels, colour & 0xffffff);
  }

  /** A filled polygon with the corners x0, y0, x1, y1 and so on. */
  public void polygon(double[] xy, int colour) {
    Raster raster = raster();
    raster.move(checked(xy)[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      raster.line(xy[i], xy[i + 1]);
    }
    raster.paint(pixels, colour & 0xffffff);
  }

  /** The outline of a polygon, half of the width on either side, with round corners. */
  public void polygonOutline(double[] xy, double width, int colour) {
    stroked(xy, true, width, colour);
  }

  /**
   * An arrow whose tip is at (x2, y2).
   *
   * @param width of the shaft
   * @param head length of the head; it is as broad as it is long
   */
  public void arrow(
      double x1, double y1, double x2, double y2, double width, double head, int colour) {
    double length = StrictMath.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
    if (length == 0) {
      throw new IllegalArgumentException("an arrow needs two different points");
    }
    double alongX = (x2 - x1) / length;
    double alongY = (y2 - y1) / length;
    double baseX = x2 - alongX * head;
    double baseY = y2 - alongY * head;
    if (length > head) {
      // The shaft reaches a little into the head, so that no seam shows.
      lineButt(x1, y1, baseX + alongX * head / 4, baseY + alongY * head / 4, width, colour);
    }
    polygon(
        new double[] {
          x2,
          y2,
          baseX - alongY * head / 2,
          baseY + alongX * head / 2,
          baseX + alongY * head / 2,
          baseY - alongX * head / 2
        },
        colour);
  }

  /**
   * A line of text.
   *
   * @param x of the text's left end, middle or right end, by the anchor
   * @param y of the middle of the capital letters
   * @param height of a capital letter, in pixels
   */
  public void text(
      String text, double x, double y, double height, Anchor anchor, FontFace face, int colour) {
    double width = face.width(text, height);
    double left =
        switch (anchor) {
          case LEFT -> x;
          case CENTER -> x - width / 2;
          case RIGHT -> x - width;
        };
    double scale = height / face.capital();
    glyphs(text, face, colour, scale, 0, left, y + height / 2);
  }

  /** Text whose middle is at (x, y) and whose direction is turned clockwise by the degrees. */
  public void textAlong(
      String text, double x, double y, double height, double degrees, FontFace face, int colour) {
    double half = face.width(text, height) / 2;
    double cosine = Polar.cosine(degrees);
    double sine = Polar.sine(degrees);
    double scale = height / face.capital();
    glyphs(
        text,
        face,
        colour,
        scale * cosine,
        scale * sine,
        x - half * cosine - height / 2 * sine,
        y - half * sine + height / 2 * cosine);
  }

  /** The width of a text in pixels, for capital letters of the given height. */
  public static double textWidth(String text, double height, FontFace face) {
    return face.width(text, height);
  }

  private void glyphs(
      String text, FontFace face, int colour, double along, double across, double x, double y) {
    AffineTransform place = new AffineTransform(along, across, -across, along, x, y);
    Raster raster = raster();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      raster.add(face.outline(character), place);
      place.translate(face.advance(character), 0);
    }
    raster.paint(pixels, colour & 0xffffff);
  }

  /** Copies a picture onto this one, its top left corner at (x, y). */
  public void sprite(Canvas picture, int x, int y) {
    int from = Math.max(0, -x);
    int to = Math.min(picture.width, width - x);
    if (from >= to) {
      return;
    }
    int first = Math.max(0, -y);
    int last = Math.min(picture.height, height - y);
    for (int row = first; row < last; row++) {
      System.arraycopy(
          picture.pixels,
          row * picture.width + from,
          pixels,
          (y + row) * width + x + from,
          to - from);
    }
  }

  /** The picture as a PNG file. */
  public byte[] png() {
    return PalettePng.encode(pixels, width, height);
  }
}
