package dev.sightline.reward;

import java.util.List;

/**
 * How a weight moves with optimizer steps: factors at growing steps, a line between two, flat
 * outside. Without points always 1.
 */
public record WeightSchedule(List<Point> points) {
  public static final WeightSchedule EVEN = new WeightSchedule(List.of());

  /** A factor at a step. */
  public record Point(long step, double factor) {}

  public WeightSchedule {
    points = List.copyOf(points);
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      if (point.step() < 0 || !Double.isFinite(point.factor())) {
        throw new InvalidDesignException(
            "schedule[" + i + "]", "is " + point, "give a step from 0 and a finite factor");
      }
      if (i > 0 && point.step() <= points.get(i - 1).step()) {
        throw new InvalidDesignException(
            "schedule[" + i + "].step", "does not grow", "write the steps in growing order");
      }
    }
  }

  public double factor(long step) {
    Point before = null;
    for (Point point : points) {
      if (point.step() >= step) {
        if (before == null || point.step() == step) {
          return point.factor();
        }
        double share = (double) (step - before.step()) / (point.step() - before.step());
        return before.factor() + share * (point.factor() - before.factor());
      }
      before = point;
    }
    return before == null ? 1 : before.factor();
  }
}
