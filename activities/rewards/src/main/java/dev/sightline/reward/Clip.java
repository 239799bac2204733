package dev.sightline.reward;

/** Lower and upper bound of a value. */
public record Clip(double low, double high) {
  public static final Clip NONE = new Clip(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  public Clip {
    if (!(low <= high)) {
      throw new InvalidDesignException(
          "clip", "has low " + low + " above high " + high, "exchange the two");
    }
  }

  public double of(double value) {
    return Math.min(high, Math.max(low, value));
  }
}
