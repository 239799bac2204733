package dev.sightline.puzzle.render;

import java.awt.geom.Rectangle2D;
import java.util.List;

/** Measures of whether a picture can be read, for painters to choose by and for tests to check. */
public final class Legibility {
  /** The least height of a capital letter or digit, in pixels. */
  public static final double MINIMUM_TEXT = 6;

  /** The least {@link Colours#distance} of two colours that a question tells apart. */
  public static final double MINIMUM_DISTANCE = 20;

  /** The least {@link Colours#distance} of an ink and the ground under it. */
  public static final double MINIMUM_CONTRAST = 15;

  private Legibility() {}

  /** Whether every two of the colours are at least so far apart. */
  public static boolean distinct(List<Integer> colours, double minimumDistance) {
    return leastDistance(colours) >= minimumDistance;
  }

  /** The smallest difference of two of the colours; infinite for fewer than two. */
  public static double leastDistance(List<Integer> colours) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < colours.size(); i++) {
      for (int j = 0; j < i; j++) {
        least = Math.min(least, Colours.distance(colours.get(i), colours.get(j)));
      }
    }
    return least;
  }

  /**
   * The smallest gap in pixels between two of the boxes, such as labels: below zero where two
   * overlap, infinite for fewer than two.
   */
  public static double leastGap(List<? extends Rectangle2D> boxes) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < boxes.size(); i++) {
      for (int j = 0; j < i; j++) {
        least = Math.min(least, gap(boxes.get(i), boxes.get(j)));
      }
    }
    return least;
  }

  private static double gap(Rectangle2D one, Rectangle2D other) {
    double across =
        Math.max(one.getMinX(), other.getMinX()) - Math.min(one.getMaxX(), other.getMaxX());
    double down =
        Math.max(one.getMinY(), other.getMinY()) - Math.min(one.getMaxY(), other.getMaxY());
    if (across > 0 && down > 0) {
      return Math.sqrt(across * across + down * down);
    }
    return Math.max(across, down);
  }

  /**
   * The box of a text as {@link Canvas#text} draws it: its advance width, and its capitals with 35
   * per cent of their height more above and below, which holds descenders and brackets.
   */
  public static Rectangle2D textBox(
      String text, double x, double y, double height, Anchor anchor, FontFace face) {
    double width = face.width(text, height);
    double left =
        switch (anchor) {
          case LEFT -> x;
          case CENTER -> x - width / 2;
          case RIGHT -> x - width;
        };
    return new Rectangle2D.Double(left, y - height * 0.85, width, height * 1.7);
  }

  /** The largest height of capitals, up to {@code height}, at which the text is at most so wide. */
  public static double fittingHeight(String text, double width, double height, FontFace face) {
    double asked = face.width(text, height);
    return asked <= width ? height : height * width / asked;
  }
}
