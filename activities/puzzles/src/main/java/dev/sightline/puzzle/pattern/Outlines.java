package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.render.Polar;

/** The corners of shapes around a middle, as u0, v0, u1, v1 and so on. */
final class Outlines {
  /** A star's inner corners, as a share of the outer ones. */
  private static final double STAR = 0.45;

  /** Half the width of a cross's arms, as a share of the radius. */
  private static final double ARM = 0.34;

  /** How many points an interpolated outline has. */
  private static final int POINTS = 120;

  private Outlines() {}

  static double[] regular(int sides, double u, double v, double radius, boolean flipped) {
    // Squares and octagons on a side, others with a corner up.
    double start = sides % 4 == 0 ? 270 + 180.0 / sides : 270;
    double[] corners = new double[2 * sides];
    for (int i = 0; i < sides; i++) {
      double angle = start + 360.0 * i / sides;
      corners[2 * i] = Polar.x(u, radius, angle);
      corners[2 * i + 1] = flipped ? 2 * v - Polar.y(v, radius, angle) : Polar.y(v, radius, angle);
    }
    return corners;
  }

  static double[] named(String shape, double u, double v, double radius, boolean flipped) {
    return switch (shape) {
      case "triangle" -> regular(3, u, v, radius, flipped);
      case "square" -> regular(4, u, v, radius, flipped);
      case "pentagon" -> regular(5, u, v, radius, flipped);
      case "hexagon" -> regular(6, u, v, radius, flipped);
      case "star" -> star(u, v, radius, flipped);
      case "cross" -> cross(u, v, radius);
      default -> throw new IllegalArgumentException("no outline of a " + shape);
    };
  }

  private static double[] star(double u, double v, double radius, boolean flipped) {
    double[] corners = new double[20];
    for (int i = 0; i < 10; i++) {
      double angle = 270 + 36.0 * i;
      double reach = i % 2 == 0 ? radius : radius * STAR;
      corners[2 * i] = Polar.x(u, reach, angle);
      corners[2 * i + 1] = flipped ? 2 * v - Polar.y(v, reach, angle) : Polar.y(v, reach, angle);
    }
    return corners;
  }

  private static double[] cross(double u, double v, double radius) {
    double[] steps = {
      -ARM, -1, ARM, -1, ARM, -ARM, 1, -ARM, 1, ARM, ARM, ARM, ARM, 1, -ARM, 1, -ARM, ARM, -1, ARM,
      -1, -ARM, -ARM, -ARM
    };
    double[] corners = new double[steps.length];
    for (int i = 0; i < steps.length; i += 2) {
      corners[i] = u + 0.92 * radius * steps[i];
      corners[i + 1] = v + 0.92 * radius * steps[i + 1];
    }
    return corners;
  }

  /** A shape between two: each point lies on its ray from the middle, between the two outlines. */
  static double[] between(
      String first, String second, double share, double u, double v, double radius) {
    double[] corners = new double[2 * POINTS];
    for (int i = 0; i < POINTS; i++) {
      double angle = 270 + 360.0 * i / POINTS;
      double reach = radius * ((1 - share) * reach(first, angle) + share * reach(second, angle));
      corners[2 * i] = Polar.x(u, reach, angle);
      corners[2 * i + 1] = Polar.y(v, reach, angle);
    }
    return corners;
  }

  /** How far an outline of radius 1 lies from the middle in a direction. */
  private static double reach(String shape, double angle) {
    if (shape.equals("circle")) {
      return 1;
    }
    double[] corners = named(shape, 0, 0, 1, false);
    double dx = Polar.cosine(angle);
    double dy = Polar.sine(angle);
    double most = 0;
    for (int i = 0; i < corners.length; i += 2) {
      int j = (i + 2) % corners.length;
      double ex = corners[j] - corners[i];
      double ey = corners[j + 1] - corners[i + 1];
      double determinant = dx * ey - dy * ex;
      if (Math.abs(determinant) < 1e-12) {
        continue;
      }
      double along = (corners[i] * ey - corners[i + 1] * ex) / determinant;
      double on = (corners[i] * dy - corners[i + 1] * dx) / determinant;
      if (along > 0 && on >= -1e-9 && on <= 1 + 1e-9) {
        most = Math.max(most, along);
      }
    }
    return most;
  }
}
