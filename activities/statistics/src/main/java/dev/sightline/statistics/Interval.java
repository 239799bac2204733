package dev.sightline.statistics;

/** A closed interval. */
public record Interval(double low, double high) {
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("not an interval: [" + low + ", " + high + "]");
    }
  }

  public double width() {
    return high - low;
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** True when this interval lies strictly inside (-delta, delta). */
  public boolean within(double delta) {
    return -delta < low && high < delta;
  }

  /** The wider of the two; this one when equal. */
  public Interval wider(Interval other) {
    return other.width() > width() ? other : this;
  }
}
