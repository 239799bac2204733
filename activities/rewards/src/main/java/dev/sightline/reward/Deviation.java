package dev.sightline.reward;

/** Means and deviations of short arrays. Sums run in index order: equal inputs give equal bits. */
final class Deviation {
  private Deviation() {}

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Each value less the mean; exactly 0 where all are equal, whatever the mean's rounding. */
  static double[] centred(double[] values) {
    double[] out = new double[values.length];
    if (!equal(values)) {
      double mean = mean(values);
      for (int i = 0; i < values.length; i++) {
        out[i] = values[i] - mean;
      }
    }
    return out;
  }

  /**
   * The standard deviation.
   *
   * @param ddof the sum of squares is divided by n - ddof
   */
  static double of(double[] values, int ddof) {
    double squares = 0;
    for (double offset : centred(values)) {
      squares += offset * offset;
    }
    return Math.sqrt(squares / (values.length - ddof));
  }

  private static boolean equal(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }
}
