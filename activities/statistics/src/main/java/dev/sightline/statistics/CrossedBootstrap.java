package dev.sightline.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Bootstrap of a paired difference with seeds crossed with items.
 *
 * <p>Each resample draws seeds with replacement (a drawn seed brings both arms) and, independently,
 * clusters of items with replacement within each family; one item draw serves all seeds and both
 * arms. With one seed only items are drawn, and the interval is conditional on that run.
 *
 * <p>No such bootstrap has the right variance: it counts the chance of single answers three times,
 * and n seeds as n - 1 (A. B. Owen, "The pigeonhole bootstrap", Annals of Applied Statistics 1
 * (2007) 386-411; product weights, A. B. Owen and D. Eckles, same journal 6 (2012) 895-927, share
 * the first). So with several seeds the resamples give the shape only: they are stretched about the
 * difference until their spread is that of {@link CrossedVariance} with Student's quantile.
 *
 * <p>Percentiles: B. Efron and R. Tibshirani, An Introduction to the Bootstrap (1993), chapters 13
 * and 14. The quantile is type 7 of Hyndman and Fan, American Statistician 50 (1996) 361-365.
 */
public final class CrossedBootstrap {
  private CrossedBootstrap() {}

  /**
   * The percentile interval, stretched.
   *
   * @param resamples at least 100
   * @param seed equal seeds give equal bits
   */
  public static Interval interval(
      PairedOutcomes outcomes, int resamples, double confidence, long seed) {
    double tail = (1 - confidence) / 2;
    double[] means = sorted(outcomes, resamples, seed);
    return stretched(outcomes, means, tail, 1 - tail, confidence);
  }

  /**
   * The bias-corrected and accelerated interval, stretched like {@link #interval}. The acceleration
   * comes from the jackknife over seeds and over clusters, both as samples of one estimate
   * (infinitesimal jackknife; Efron and Tibshirani, equation 14.15, and for several samples as in
   * scipy.stats.bootstrap).
   *
   * @param resamples at least 100; 10,000 keep the levels steady
   */
  public static Interval biasCorrected(
      PairedOutcomes outcomes, int resamples, double confidence, long seed) {
    double[] means = sorted(outcomes, resamples, seed);
    double estimate = outcomes.difference();
    double below = 0;
    for (double mean : means) {
      below += mean < estimate ? 1 : mean == estimate ? 0.5 : 0;
    }
    // All resamples on one side would ask for an infinite correction.
    double share = Math.clamp(below / means.length, 0.5 / means.length, 1 - 0.5 / means.length);
    double bias = Intervals.normalQuantile(share);
    double acceleration = acceleration(outcomes);
    double z = Intervals.normalQuantile((1 - confidence) / 2);
    return stretched(
        outcomes, means, level(bias, acceleration, z), level(bias, acceleration, -z), confidence);
  }

  static double acceleration(PairedOutcomes outcomes) {
    CrossedVariance.Influence influence = CrossedVariance.Influence.of(outcomes);
    double squares = CrossedVariance.squares(influence.bySeed());
    double cubes = cubes(influence.bySeed());
    for (CrossedVariance.Influence.OfFamily family : influence.families()) {
      squares += CrossedVariance.squares(family.byCluster());
      cubes += cubes(family.byCluster());
    }
    return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
  }

  private static double cubes(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value * value;
    }
    return sum;
  }

  private static double level(double bias, double acceleration, double z) {
    double moved = bias + z;
    return Intervals.normalCumulative(bias + moved / (1 - acceleration * moved));
  }

  private static Interval stretched(
      PairedOutcomes outcomes, double[] sorted, double low, double high, double confidence) {
    double estimate = outcomes.difference();
    double factor = stretch(outcomes, sorted, confidence);
    double lowest = estimate + factor * (quantile(sorted, low) - estimate);
    double highest = estimate + factor * (quantile(sorted, high) - estimate);
    return new Interval(Math.min(lowest, highest), Math.max(lowest, highest));
  }

  /** 1 with one seed, where the bootstrap of items has the right variance. */
  private static double stretch(PairedOutcomes outcomes, double[] means, double confidence) {
    double spread = Intervals.standardDeviation(means);
    if (outcomes.seeds().size() < 2 || spread == 0) {
      return 1;
    }
    CrossedVariance variance = CrossedVariance.of(outcomes);
    double p = 1 - (1 - confidence) / 2;
    double quantiles =
        Intervals.studentQuantile(p, variance.freedom()) / Intervals.normalQuantile(p);
    return quantiles * Math.sqrt(variance.total()) / spread;
  }

  private static double[] sorted(PairedOutcomes outcomes, int resamples, long seed) {
    if (resamples < 100) {
      throw new IllegalArgumentException("resamples must be at least 100, not " + resamples);
    }
    double[] means = resample(outcomes, resamples, seed);
    Arrays.sort(means);
    return means;
  }

  static double[] resample(PairedOutcomes outcomes, int resamples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int seeds = outcomes.seeds().size();
    List<PairedOutcomes.Family> families = outcomes.families();
    double[][] sums =
        families.stream().map(family -> family.clusterSums(seeds)).toArray(double[][]::new);
    double[] means = new double[resamples];
    int[] seedDraws = new int[seeds];
    for (int r = 0; r < resamples; r++) {
      Arrays.fill(seedDraws, 0);
      for (int s = 0; s < seeds; s++) {
        seedDraws[random.nextInt(seeds)]++;
      }
      double total = 0;
      for (int f = 0; f < sums.length; f++) {
        total += drawFamily(sums[f], families.get(f), seedDraws, random);
      }
      means[r] = total / sums.length;
    }
    return means;
  }

  /** The mean difference over one draw of clusters, weighted by how often each seed was drawn. */
  private static double drawFamily(
      double[] sums, PairedOutcomes.Family family, int[] seedDraws, SplittableRandom random) {
    int clusters = family.clusters();
    int seeds = seedDraws.length;
    int items = 0;
    double sum = 0;
    for (int draw = 0; draw < clusters; draw++) {
      int cluster = random.nextInt(clusters);
      items += family.size(cluster);
      int at = cluster * seeds;
      for (int s = 0; s < seeds; s++) {
        sum += seedDraws[s] * sums[at + s];
      }
    }
    return sum / items / seeds;
  }

  static double quantile(double[] sorted, double p) {
    double place = p * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
