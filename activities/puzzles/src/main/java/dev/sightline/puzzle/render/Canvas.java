package dev.sightline.puzzle.render;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/**
 * A picture under a painter's brush. For one thread. Antialiased; the pixels are the same on every
 * machine.
 *
 * <p>Lengths and places are pixels, from the left and the top; pixel (0, 0) covers 0 to 1. Colours
 * are 0xRRGGBB, opaque. Angles are degrees as in {@link Polar}: 0 to the right, clockwise as seen.
 * What lies outside the picture is cut off.
 */
public final class Canvas {
  private final BufferedImage image;
  private final Graphics2D graphics;
  private final int[] pixels;

  /** A picture of one colour. */
  public Canvas(int width, int height, int background) {
    if (width < 1 || height < 1 || width > 4096 || height > 4096) {
      throw new IllegalArgumentException(
          "a canvas has 1 to 4096 pixels a side, not " + width + " x " + height);
    }
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    java.util.Arrays.fill(pixels, background & 0xffffff);
  }

  /** A copy that is painted on separately, as of a cached background. */
  public Canvas copy() {
    Canvas copy = new Canvas(width(), height(), 0);
    System.arraycopy(pixels, 0, copy.pixels, 0, pixels.length);
    return copy;
  }

  public int width() {
    return image.getWidth();
  }

  public int height() {
    return image.getHeight();
  }

  /** The colour of a pixel, 0xRRGGBB. */
  public int pixel(int x, int y) {
    if (x < 0 || y < 0 || x >= width() || y >= height()) {
      throw new IllegalArgumentException("no pixel " + x + ", " + y);
    }
    return pixels[y * width() + x] & 0xffffff;
  }

  /** Fills a shape, by the rule "non-zero" whatever the shape's own. */
  public void fill(Shape shape, int colour) {
    graphics.setColor(new Color(colour & 0xffffff));
    graphics.fill(shape);
  }

  /** Draws a shape's outline, half of the width on either side, with round joins and caps. */
  public void stroke(Shape shape, double width, int colour) {
    outline(shape, width, colour, BasicStroke.CAP_ROUND);
  }

  /** As {@link #stroke}, but open ends are cut off square where they end. */
  public void strokeButt(Shape shape, double width, int colour) {
    outline(shape, width, colour, BasicStroke.CAP_BUTT);
  }

  private void outline(Shape shape, double width, int colour, int cap) {
    graphics.setColor(new Color(colour & 0xffffff));
    graphics.setStroke(new BasicStroke((float) width, cap, BasicStroke.JOIN_ROUND));
    graphics.draw(shape);
  }

  /** A line with round ends, which reach half of the width beyond the points. */
  public void line(double x1, double y1, double x2, double y2, double width, int colour) {
    stroke(new Line2D.Double(x1, y1, x2, y2), width, colour);
  }

  /** A line that ends square at its points. */
  public void lineButt(double x1, double y1, double x2, double y2, double width, int colour) {
    strokeButt(new Line2D.Double(x1, y1, x2, y2), width, colour);
  }

  /** A line through the points x0, y0, x1, y1 and so on, with round joins and ends. */
  public void polyline(double[] xy, double width, int colour) {
    stroke(path(xy, false), width, colour);
  }

  /** A filled rectangle; at whole numbers its edges are sharp. */
  public void rectangle(double x, double y, double width, double height, int colour) {
    fill(new Rectangle2D.Double(x, y, width, height), colour);
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
    fill(roundedPath(x, y, width, height, radius), colour);
  }

  /** The frame inside a rectangle with round corners; the radius is that of the outer edge. */
  public void roundedFrame(
      double x, double y, double width, double height, double radius, double line, int colour) {
    double half = line / 2;
    stroke(
        roundedPath(x + half, y + half, width - line, height - line, Math.max(0, radius - half)),
        line,
        colour);
  }

  /** A filled disc. */
  public void circle(double centreX, double centreY, double radius, int colour) {
    fill(disc(centreX, centreY, radius), colour);
  }

  /** A circle line, half of the width on either side of the radius. */
  public void ring(double centreX, double centreY, double radius, double width, int colour) {
    stroke(disc(centreX, centreY, radius), width, colour);
  }

  /** A filled ellipse with the given half axes. */
  public void ellipse(double centreX, double centreY, double radiusX, double radiusY, int colour) {
    fill(
        new Ellipse2D.Double(centreX - radiusX, centreY - radiusY, 2 * radiusX, 2 * radiusY),
        colour);
  }

  /** A filled piece of a disc, from {@code start} degrees over {@code extent} degrees. */
  public void sector(
      double centreX, double centreY, double radius, double start, double extent, int colour) {
    Path2D.Double path = new Path2D.Double();
    path.moveTo(centreX, centreY);
    arcTo(path, centreX, centreY, radius, start, extent, true);
    path.closePath();
    fill(path, colour);
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
    Path2D.Double path = new Path2D.Double();
    path.moveTo(Polar.x(centreX, outer, start), Polar.y(centreY, outer, start));
    arcTo(path, centreX, centreY, outer, start, extent, false);
    arcTo(path, centreX, centreY, inner, start + extent, -extent, true);
    path.closePath();
    fill(path, colour);
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
    Path2D.Double path = new Path2D.Double();
    path.moveTo(Polar.x(centreX, radius, start), Polar.y(centreY, radius, start));
    arcTo(path, centreX, centreY, radius, start, extent, false);
    stroke(path, width, colour);
  }

  /** A filled polygon with the corners x0, y0, x1, y1 and so on. */
  public void polygon(double[] xy, int colour) {
    fill(path(xy, true), colour);
  }

  /** The outline of a polygon, half of the width on either side, with round corners. */
  public void polygonOutline(double[] xy, double width, int colour) {
    stroke(path(xy, true), width, colour);
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
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      fill(face.outline(character).createTransformedShape(place), colour);
      place.translate(face.advance(character), 0);
    }
  }

  /** Copies a picture onto this one, its top left corner at (x, y). */
  public void sprite(Canvas picture, int x, int y) {
    int from = Math.max(0, -x);
    int to = Math.min(picture.width(), width() - x);
    if (from >= to) {
      return;
    }
    int first = Math.max(0, -y);
    int last = Math.min(picture.height(), height() - y);
    for (int row = first; row < last; row++) {
      System.arraycopy(
          picture.pixels,
          row * picture.width() + from,
          pixels,
          (y + row) * width() + x + from,
          to - from);
    }
  }

  /** The picture as a PNG file. */
  public byte[] png() {
    return PalettePng.encode(pixels, width(), height());
  }

  private static Ellipse2D disc(double centreX, double centreY, double radius) {
    return new Ellipse2D.Double(centreX - radius, centreY - radius, 2 * radius, 2 * radius);
  }

  private static Path2D.Double path(double[] xy, boolean closed) {
    if (xy.length < 4 || xy.length % 2 != 0) {
      throw new IllegalArgumentException("a path needs two or more points, as x, y, x, y");
    }
    Path2D.Double path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    if (closed) {
      path.closePath();
    }
    return path;
  }

  private static Path2D.Double roundedPath(
      double x, double y, double width, double height, double radius) {
    double r = Math.min(radius, Math.min(width, height) / 2);
    Path2D.Double path = new Path2D.Double();
    path.moveTo(x + r, y);
    path.lineTo(x + width - r, y);
    arcTo(path, x + width - r, y + r, r, 270, 90, false);
    path.lineTo(x + width, y + height - r);
    arcTo(path, x + width - r, y + height - r, r, 0, 90, false);
    path.lineTo(x + r, y + height);
    arcTo(path, x + r, y + height - r, r, 90, 90, false);
    path.lineTo(x, y + r);
    arcTo(path, x + r, y + r, r, 180, 90, false);
    path.closePath();
    return path;
  }

  /** Adds an arc as cubic curves of at most 45 degrees; their error is below 1e-6 of the radius. */
  private static void arcTo(
      Path2D.Double path,
      double centreX,
      double centreY,
      double radius,
      double start,
      double extent,
      boolean lineFirst) {
    if (lineFirst) {
      path.lineTo(Polar.x(centreX, radius, start), Polar.y(centreY, radius, start));
    }
    int pieces = Math.max(1, (int) Math.ceil(Math.abs(extent) / 45));
    double step = extent / pieces;
    double handle = radius * 4 / 3 * StrictMath.tan(StrictMath.toRadians(step) / 4);
    for (int i = 0; i < pieces; i++) {
      double from = start + i * step;
      double to = start + (i + 1) * step;
      double endX = Polar.x(centreX, radius, to);
      double endY = Polar.y(centreY, radius, to);
      path.curveTo(
          Polar.x(centreX, radius, from) - handle * Polar.sine(from),
          Polar.y(centreY, radius, from) + handle * Polar.cosine(from),
          endX + handle * Polar.sine(to),
          endY - handle * Polar.cosine(to),
          endX,
          endY);
    }
  }
}
