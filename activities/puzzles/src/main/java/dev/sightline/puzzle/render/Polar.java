package dev.sightline.puzzle.render;

/**
 * Points around a centre, by {@link StrictMath}, so that they are the same on every machine. Angles
 * are degrees, 0 to the right, growing clockwise as seen (y grows downwards): 270 is up.
 */
public final class Polar {
  private Polar() {}

  public static double x(double centre, double radius, double degrees) {
    return centre + radius * cosine(degrees);
  }

  public static double y(double centre, double radius, double degrees) {
    return centre + radius * sine(degrees);
  }

  /** The angle of the direction (x, y), in degrees from 0 up to, not including, 360. */
  public static double degrees(double x, double y) {
    double degrees = StrictMath.toDegrees(StrictMath.atan2(y, x));
    return degrees < 0 ? degrees + 360 : degrees;
  }

  /** Exact at the multiples of 90. */
  public static double sine(double degrees) {
    return cosine(degrees - 90);
  }

  /** Exact at the multiples of 90. */
  public static double cosine(double degrees) {
    double turn = Math.abs(degrees % 360);
    if (turn == 90 || turn == 270) {
      return 0;
    }
    return turn == 180 ? -1 : StrictMath.cos(StrictMath.toRadians(turn));
  }
}
