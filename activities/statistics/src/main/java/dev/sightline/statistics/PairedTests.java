package dev.sightline.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** Exact tests on pairs. All p-values are two-sided. */
public final class PairedTests {
  private static final int MOST_SIGNS = 24;

  private PairedTests() {}

  /**
   * Exact McNemar: min(1, 2 P(X <= min(b, c))) with X binomial(b + c, 1/2); 1 when b + c = 0.
   *
   * <p>Source: Q. McNemar, Psychometrika 12 (1947) 153-157; the exact form: Fagerland, Lydersen and
   * Laake, BMC Medical Research Methodology 13:91 (2013).
   *
   * @param b pairs in which only the first is right
   * @param c pairs in which only the second is right
   */
  public static double mcNemar(int b, int c) {
    if (b < 0 || c < 0) {
      throw new IllegalArgumentException("negative count: " + b + ", " + c);
    }
    if (b + c == 0) {
      return 1;
    }
    double tail = BinomialDistribution.of(b + c, 0.5).cumulativeProbability(Math.min(b, c));
    return Math.min(1, 2 * tail);
  }

  /**
   * Exact sign-flip test of mean zero for integer sums: each value's sign is flipped independently
   * with probability 1/2. With one value for each item (its sum over seeds of first minus second)
   * whole items are flipped.
   *
   * <p>Source: R. A. Fisher, The Design of Experiments (1935), section 21; all 2^n flips are
   * counted by convolution over the reachable sums.
   */
  public static double signFlip(int[] values) {
    int reach = 0;
    int observed = 0;
    for (int value : values) {
      reach = Math.addExact(reach, Math.abs(value));
      observed += value;
    }
    double[] probability = new double[2 * reach + 1];
    probability[reach] = 1;
    for (int value : values) {
      int size = Math.abs(value);
      if (size > 0) {
        double[] next = new double[probability.length];
        for (int i = 0; i < probability.length; i++) {
          if (probability[i] > 0) {
            next[i + size] += probability[i] / 2;
            next[i - size] += probability[i] / 2;
          }
        }
        probability = next;
      }
    }
    int far = Math.abs(observed);
    double p = 0;
    for (int i = 0; i < probability.length; i++) {
      if (Math.abs(i - reach) >= far) {
        p += probability[i];
      }
    }
    return Math.min(1, p);
  }

  /**
   * Exact sign-flip test over seeds by enumerating all 2^n flips. With n seeds no p-value is below
   * 2^(1-n).
   *
   * @param differences 1 to 24 per-seed differences
   */
  public static double signFlip(double[] differences) {
    int n = differences.length;
    if (n < 1 || n > MOST_SIGNS) {
      throw new IllegalArgumentException(
          "sign flips need 1 to " + MOST_SIGNS + " values, not " + n);
    }
    double observed = Math.abs(Arrays.stream(differences).sum());
    // Sums of the same numbers in another order may differ by rounding; ties count as extreme.
    double slack = 1e-12 * Arrays.stream(differences).map(Math::abs).sum();
    long extreme = 0;
    for (int flips = 0; flips < 1 << n; flips++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (flips >> i & 1) == 0 ? differences[i] : -differences[i];
      }
      if (Math.abs(sum) >= observed - slack) {
        extreme++;
      }
    }
    return (double) extreme / (1L << n);
  }

  /**
   * Paired t test of mean zero with n - 1 degrees of freedom. All-equal values give 0, or 1 when
   * they are zero.
   *
   * <p>Source: Student, Biometrika 6 (1908) 1-25.
   *
   * @param differences at least 2
   */
  public static double studentT(double[] differences) {
    if (differences.length < 2) {
      throw new IllegalArgumentException("a t test needs at least 2 values");
    }
    double mean = Intervals.mean(differences);
    double deviation = Intervals.standardDeviation(differences);
    if (deviation == 0) {
      return mean == 0 ? 1 : 0;
    }
    double t = mean / (deviation / Math.sqrt(differences.length));
    return 2 * TDistribution.of(differences.length - 1).cumulativeProbability(-Math.abs(t));
  }
}
