package dev.sightline.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** Intervals with closed formulas. */
public final class Intervals {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private Intervals() {}

  /**
   * Wilson's score interval of a proportion, without continuity correction.
   *
   * <p>Source: E. B. Wilson, "Probable inference, the law of succession, and statistical
   * inference", JASA 22 (1927) 209-212; Brown, Cai and DasGupta, Statistical Science 16 (2001)
   * 101-133, equation 4.
   *
   * @param successes 0 to n
   * @param n at least 1
   * @param confidence in (0, 1)
   */
  public static Interval wilson(int successes, int n, double confidence) {
    if (n < 1 || successes < 0 || successes > n) {
      throw new IllegalArgumentException("no proportion: " + successes + " of " + n);
    }
    double z = normalQuantile(1 - (1 - confidence) / 2);
    double p = (double) successes / n;
    double z2 = z * z / n;
    double center = (p + z2 / 2) / (1 + z2);
    double half = z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n)) / (1 + z2);
    // Rounding must not push an end past what the data allow.
    double low = successes == 0 ? 0 : Math.max(0, center - half);
    double high = successes == n ? 1 : Math.min(1, center + half);
    return new Interval(low, high);
  }

  /**
   * Clopper and Pearson's exact interval of a proportion: never covers less than it says, often
   * more.
   *
   * <p>Source: C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits
   * illustrated in the case of the binomial", Biometrika 26 (1934) 404-413, by quantiles of the
   * beta distribution.
   *
   * @param successes 0 to n
   * @param n at least 1
   */
  public static Interval clopperPearson(int successes, int n, double confidence) {
    if (n < 1 || successes < 0 || successes > n) {
      throw new IllegalArgumentException("no proportion: " + successes + " of " + n);
    }
    double tail = (1 - confidence) / 2;
    double low =
        successes == 0
            ? 0
            : BetaDistribution.of(successes, n - successes + 1.0)
                .inverseCumulativeProbability(tail);
    double high =
        successes == n
            ? 1
            : BetaDistribution.of(successes + 1.0, n - successes).inverseSurvivalProbability(tail);
    return new Interval(low, high);
  }

  /**
   * Student's t interval of the mean with n - 1 degrees of freedom. On per-seed differences of two
   * arms it is the paired t interval.
   *
   * <p>Source: Student, "The probable error of a mean", Biometrika 6 (1908) 1-25.
   *
   * @param values at least 2
   */
  public static Interval studentT(double[] values, double confidence) {
    if (values.length < 2) {
      throw new IllegalArgumentException("a t interval needs at least 2 values");
    }
    int n = values.length;
    double mean = mean(values);
    double half =
        studentQuantile(1 - (1 - confidence) / 2, n - 1) * standardDeviation(values) / Math.sqrt(n);
    return new Interval(mean - half, mean + half);
  }

  public static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** With n - 1 in the denominator. */
  public static double standardDeviation(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / (values.length - 1));
  }

  static double normalQuantile(double p) {
    return NORMAL.inverseCumulativeProbability(p);
  }

  static double normalCumulative(double x) {
    return NORMAL.cumulativeProbability(x);
  }

  static double studentQuantile(double p, double degrees) {
    return TDistribution.of(degrees).inverseCumulativeProbability(p);
  }
}
