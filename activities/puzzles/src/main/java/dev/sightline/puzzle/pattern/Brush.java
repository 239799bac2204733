package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.render.Anchor;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Palette;
import dev.sightline.puzzle.render.Polar;
import dev.sightline.puzzle.render.Rendering;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/**
 * Paints what patterns are made of. Places and lengths are shares of a centred square's side: (0,
 * 0) is its top left corner, (1, 1) its bottom right one.
 */
final class Brush {
  static final int INK = 0x1c1c1c;
  static final int EMPTY = 0xffffff;

  /** The fill of shapes whose colour says nothing. */
  static final int PLAIN = 0xb8cbe0;

  /** Capital letters of 11 pixels on a picture of 448. */
  static final double LEAST_TEXT = 0.0262;

  private static final double USUAL_LINE = 0.0045;
  private static final double MARGIN = 0.03;

  private final Canvas canvas;
  private final Rendering rendering;
  private final double side;
  private final double left;
  private final double top;

  Brush(Canvas canvas, Rendering rendering) {
    this.canvas = canvas;
    this.rendering = rendering;
    int whole = Math.min(canvas.width(), canvas.height());
    this.side = whole * (1 - 2 * MARGIN);
    this.left = (canvas.width() - side) / 2;
    this.top = (canvas.height() - side) / 2;
    if (rendering.noise() > 0) {
      Background.paint(canvas, rendering);
    }
  }

  /** The colour of a word in this rendering's palette, 0xRRGGBB. */
  int colour(String word) {
    return colour(rendering.colours(), word);
  }

  /** The palettes' purples lie too near their blues for patches seen far apart. */
  static int colour(Palette.Variant palette, String word) {
    if (word.equals("purple")) {
      return switch (palette) {
        case PLAIN -> 0xa81cb8;
        case PASTEL -> 0xc878d8;
        case DEEP -> 0x881084;
      };
    }
    return palette.palette().rgb(word);
  }

  /** A colour, or white for "?". */
  int fill(String word) {
    return word.equals(Words.MISSING) ? EMPTY : colour(word);
  }

  /** A shade of a hue: 0 very light to 4 very dark. */
  static int shade(Palette.Variant palette, String hue, int step) {
    int base = colour(palette, hue);
    return switch (step) {
      case 0 -> Colours.mix(base, 0xffffff, 0.86);
      case 1 -> Colours.mix(base, 0xffffff, 0.56);
      case 2 -> base;
      case 3 -> Colours.mix(base, 0x000000, 0.38);
      default -> Colours.mix(base, 0x000000, 0.68);
    };
  }

  int shade(String hue, int step) {
    // Pastel hues leave too little room between light and very light.
    return shade(Palette.Variant.PLAIN, hue, step);
  }

  /** How large so many discs in a ring may be that fills the square and leaves gaps. */
  static double ringRadius(int count) {
    double half = Polar.sine(180.0 / count);
    return Math.min(0.15, 0.5 * half / (1.05 + half));
  }

  double x(double u) {
    return left + u * side;
  }

  double y(double v) {
    return top + v * side;
  }

  private double line() {
    return Math.max(1, rendering.line(USUAL_LINE * side));
  }

  void circle(double u, double v, double radius, int fill) {
    canvas.circle(x(u), y(v), radius * side, INK);
    canvas.circle(x(u), y(v), radius * side - line(), fill);
  }

  /** A circle line without filling. */
  void ring(double u, double v, double radius) {
    canvas.ring(x(u), y(v), radius * side, line(), INK);
  }

  void line(double u1, double v1, double u2, double v2) {
    canvas.line(x(u1), y(v1), x(u2), y(v2), line(), INK);
  }

  /** A faint line that leads from one thing to the next. */
  void thread(double u1, double v1, double u2, double v2) {
    canvas.line(x(u1), y(v1), x(u2), y(v2), line(), 0x9a9a9a);
  }

  void box(double u, double v, double width, double height, int fill) {
    canvas.rectangle(x(u), y(v), width * side, height * side, INK);
    double line = line();
    canvas.rectangle(
        x(u) + line, y(v) + line, width * side - 2 * line, height * side - 2 * line, fill);
  }

  /** A rectangle without an outline. */
  void patch(double u, double v, double width, double height, int fill) {
    canvas.rectangle(x(u), y(v), width * side, height * side, fill);
  }

  /** A polygon with corners u0, v0, u1, v1 and so on. */
  void polygon(double[] corners, int fill) {
    double[] xy = new double[corners.length];
    for (int i = 0; i < xy.length; i += 2) {
      xy[i] = x(corners[i]);
      xy[i + 1] = y(corners[i + 1]);
    }
    canvas.polygon(xy, fill);
    canvas.polygonOutline(xy, line(), INK);
  }

  /** A regular polygon, a corner up; squares lie on a side. */
  void regular(int sides, double u, double v, double radius, int fill) {
    polygon(Outlines.regular(sides, u, v, radius, false), fill);
  }

  /**
   * A named shape that fits a circle of the radius.
   *
   * @param flipped whether it is mirrored top to bottom
   */
  void shape(String shape, double u, double v, double radius, int fill, boolean flipped) {
    if (shape.equals("circle")) {
      circle(u, v, radius, fill);
    } else {
      polygon(Outlines.named(shape, u, v, radius, flipped), fill);
    }
  }

  /** Where two discs overlap. */
  void lens(double u1, double v1, double u2, double v2, double radius, int fill) {
    java.awt.geom.Area area = new java.awt.geom.Area(disc(u1, v1, radius));
    area.intersect(new java.awt.geom.Area(disc(u2, v2, radius)));
    canvas.fill(new Path2D.Double(area), fill);
  }

  private Ellipse2D disc(double u, double v, double radius) {
    double r = radius * side;
    return new Ellipse2D.Double(x(u) - r, y(v) - r, 2 * r, 2 * r);
  }

  /** A piece of a disc between two angles, degrees as in {@link Polar}. */
  void wedge(double u, double v, double radius, double from, double to, int fill) {
    polygon(
        new double[] {
          u,
          v,
          Polar.x(u, radius, from),
          Polar.y(v, radius, from),
          Polar.x(u, radius, to),
          Polar.y(v, radius, to)
        },
        fill);
  }

  /** Text in the ink's colour; its height is that of a capital letter. */
  void text(String text, double u, double v, double height) {
    canvas.text(
        text,
        x(u),
        y(v),
        Math.max(height, LEAST_TEXT) * side,
        Anchor.CENTER,
        rendering.font(),
        INK);
  }

  /** Text no wider than a width. */
  void textWithin(String text, double u, double v, double height, double width) {
    double wide = Canvas.textWidth(text, height * side, rendering.font()) / side;
    text(text, u, v, wide > width ? height * width / wide : height);
  }

  /** Text on a white plate, legible on any colour. */
  void plate(String text, double u, double v, double radius) {
    canvas.circle(x(u), y(v), radius * side, EMPTY);
    canvas.ring(x(u), y(v), radius * side, Math.max(1, line() / 2), INK);
    textWithin(text, u, v, radius * 0.9, radius * 1.45);
  }

  /** Where something is missing: the question mark. */
  void question(double u, double v, double height) {
    text(Words.MISSING, u, v, height);
  }
}
