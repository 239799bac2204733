package dev.sightline.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Percentile bootstrap of a paired difference with seeds crossed with items.
 *
 * <p>Each resample draws seeds with replacement (a drawn seed brings both arms) and, independently,
 * clusters of items with replacement within each family; one item draw serves all seeds and both
 * arms. With one seed only items are drawn, and the interval is conditional on that run.
 *
 * <p>Sources: A. B. Owen, "The pigeonhole bootstrap", Annals of Applied Statistics 1 (2007)
 * 386-411; B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), chapter 13
 * (percentile interval). The quantile is type 7 of Hyndman and Fan, American Statistician 50 (1996)
 * 361-365.
 */
public final class CrossedBootstrap {
  private CrossedBootstrap() {}

  /**
   * @param resamples at least 100
   * @param seed equal seeds give equal bits
   */
  public static Interval interval(
      PairedOutcomes outcomes, int resamples, double confidence, long seed) {
    if (resamples < 100) {
      throw new IllegalArgumentException("resamples must be at least 100, not " + resamples);
    }
    double[] means = resample(outcomes, resamples, seed);
    Arrays.sort(means);
    double tail = (1 - confidence) / 2;
    return new Interval(quantile(means, tail), quantile(means, 1 - tail));
  }

  static double[] resample(PairedOutcomes outcomes, int resamples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int seeds = outcomes.seeds().size();
    List<PairedOutcomes.Family> families = outcomes.families();
    double[][][] sums =
        families.stream().map(family -> clusterSums(family, seeds)).toArray(double[][][]::new);
    double[] means = new double[resamples];
    int[] seedDraws = new int[seeds];
    for (int r = 0; r < resamples; r++) {
      Arrays.fill(seedDraws, 0);
      for (int s = 0; s < seeds; s++) {
        seedDraws[random.nextInt(seeds)]++;
      }
      double total = 0;
      for (int f = 0; f < sums.length; f++) {
        total += drawFamily(sums[f], families.get(f).starts(), seedDraws, random);
      }
      means[r] = total / sums.length;
    }
    return means;
  }

  /** The mean difference over one draw of clusters, weighted by how often each seed was drawn. */
  private static double drawFamily(
      double[][] sums, int[] starts, int[] seedDraws, SplittableRandom random) {
    int clusters = starts.length - 1;
    int items = 0;
    double sum = 0;
    for (int draw = 0; draw < clusters; draw++) {
      int cluster = random.nextInt(clusters);
      items += starts[cluster + 1] - starts[cluster];
      for (int s = 0; s < seedDraws.length; s++) {
        sum += seedDraws[s] * sums[s][cluster];
      }
    }
    return sum / items / seedDraws.length;
  }

  private static double[][] clusterSums(PairedOutcomes.Family family, int seeds) {
    int clusters = family.starts().length - 1;
    double[][] sums = new double[seeds][clusters];
    for (int s = 0; s < seeds; s++) {
      for (int c = 0; c < clusters; c++) {
        for (int i = family.starts()[c]; i < family.starts()[c + 1]; i++) {
          sums[s][c] += family.difference(s, i);
        }
      }
    }
    return sums;
  }

  static double quantile(double[] sorted, double p) {
    double place = p * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
