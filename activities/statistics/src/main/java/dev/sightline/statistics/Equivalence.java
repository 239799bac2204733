package dev.sightline.statistics;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Two one-sided t tests that a mean lies inside (-delta, delta).
 *
 * <p>Source: D. J. Schuirmann, "A comparison of the two one-sided tests procedure and the power
 * approach", Journal of Pharmacokinetics and Biopharmaceutics 15 (1987) 657-680. p below level is
 * the same as a t interval of confidence 1 - 2 level inside (-delta, delta). {@link Verdict} asks
 * for more: its whole 95 % interval inside, which is this test at 0.025.
 *
 * @param lower p-value against mean at most -delta
 * @param upper p-value against mean at least delta
 */
public record Equivalence(double lower, double upper) {

  /** The larger of the two. */
  public double p() {
    return Math.max(lower, upper);
  }

  /**
   * @param differences at least 2, one for each seed
   * @param delta above 0
   */
  public static Equivalence test(double[] differences, double delta) {
    if (differences.length < 2 || !(delta > 0)) {
      throw new IllegalArgumentException(
          "two one-sided tests need 2 values and delta above 0, not "
              + differences.length
              + " and "
              + delta);
    }
    double mean = Intervals.mean(differences);
    double error = Intervals.standardDeviation(differences) / Math.sqrt(differences.length);
    return new Equivalence(
        survival(mean + delta, error, differences.length - 1),
        survival(delta - mean, error, differences.length - 1));
  }

  private static double survival(double distance, double error, int degrees) {
    if (error == 0) {
      return distance > 0 ? 0 : 1;
    }
    return TDistribution.of(degrees).survivalProbability(distance / error);
  }
}
