package dev.sightline.statistics;

import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * Whether two independent samples lie alike: the rank sum test of Wilcoxon, and Mann and Whitney
 * (Annals of Mathematical Statistics 18, 1947), by the normal distribution with the variance for
 * ties and the correction for continuity. It is rough below some 20 values in all.
 *
 * @param larger chance that a value of the first sample is larger than one of the second, an equal
 *     one counted half
 * @param p two-sided; 1 where all values are equal
 */
public record RankSum(double larger, double p) {

  /**
   * @throws IllegalArgumentException when a sample is empty
   */
  public static RankSum of(double[] first, double[] second) {
    if (first.length == 0 || second.length == 0) {
      throw new IllegalArgumentException(
          "two samples are needed, not " + first.length + " and " + second.length + " values");
    }
    MannWhitneyUTest.Result result =
        MannWhitneyUTest.withDefaults()
            .with(AlternativeHypothesis.TWO_SIDED)
            .with(PValueMethod.ASYMPTOTIC)
            .with(ContinuityCorrection.ENABLED)
            .test(first, second);
    double larger = result.getStatistic() / ((double) first.length * second.length);
    return new RankSum(larger, Double.isNaN(result.getPValue()) ? 1 : result.getPValue());
  }
}
