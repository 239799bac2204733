package dev.sightline.statistics;

import java.util.Collection;

/**
 * When to stop an arm that is not worth its time: an operational rule on dev items. A stopped arm
 * is "stopped", never "worse".
 *
 * <p>At each of the declared looks the arm is compared with the reference on the same dev items; it
 * stops when even the upper bound of the difference, at confidence 1 - alpha / looks, lies below
 * the smallest gain that is worth going on for. By Bonferroni's inequality the chance to stop an
 * arm that is worth it at every look is at most alpha. The bound is Student's with clustered
 * standard error ({@link ClusteredMean}) plus half a step of one item, the correction for
 * continuity without which yes/no answers stop a little too often (A. L. Edwards, Psychometrika 13
 * (1948) 185-187).
 *
 * @param leastGain difference that is still worth going on for; may be negative
 * @param alpha chance of a wrong stop
 * @param looks declared looks
 */
public record FutilityRule(double leastGain, double alpha, int looks) {
  public FutilityRule {
    if (looks < 1 || !(alpha > 0 && alpha < 0.5) || !Double.isFinite(leastGain)) {
      throw new IllegalArgumentException(
          "futility with " + looks + " looks, alpha " + alpha + ", least gain " + leastGain);
    }
  }

  /**
   * @param upper the bound that decided
   * @param stop whether it lies below the least gain
   */
  public record Decision(int look, double upper, boolean stop) {}

  /**
   * @param look 1 to the declared looks
   * @param differences arm minus reference for each dev item, at least 2 clusters
   */
  public Decision decide(int look, Collection<ClusteredMean.Value> differences) {
    if (look < 1 || look > looks) {
      throw new IllegalArgumentException("look " + look + " of " + looks + " declared");
    }
    ClusteredMean mean = ClusteredMean.of(differences);
    double upper = mean.upper(1 - alpha / looks) + 0.5 / mean.values();
    return new Decision(look, upper, upper < leastGain);
  }
}
