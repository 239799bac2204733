package dev.sightline.statistics;

import java.util.List;

/**
 * The variance of a paired difference whose seeds are crossed with clusters of items, by mean
 * squares: V = seeds + max(0, clusters - interaction).
 *
 * <p>The mean square of the seeds and that of the clusters each hold the interaction once (the
 * chance that decides a single answer), so their sum counts it twice and one is taken away. Without
 * interaction nothing is; a share of the clusters below 0 counts as 0. Families are fixed, and a
 * seed's effect is its mean over families. With one seed only the clusters count.
 *
 * <p>Sources: S. R. Searle, G. Casella and C. E. McCulloch, Variance Components (1992), chapter 4;
 * A. C. Cameron, J. B. Gelbach and D. L. Miller, "Robust inference with multiway clustering",
 * Journal of Business and Economic Statistics 29 (2011) 238-249; degrees of freedom: F. E.
 * Satterthwaite, Biometrics Bulletin 2 (1946) 110-114, here never below those of the seeds.
 *
 * @param seeds squared error of the mean by the seeds alone
 * @param clusters the same by the clusters of items alone
 * @param interaction the same by what neither explains
 * @param freedom degrees of freedom of {@link #total()}
 */
record CrossedVariance(double seeds, double clusters, double interaction, double freedom) {

  static CrossedVariance of(PairedOutcomes outcomes) {
    Influence influence = Influence.of(outcomes);
    int runs = outcomes.seeds().size();
    double seeds = runs < 2 ? 0 : runs / (runs - 1.0) * squares(influence.bySeed());
    double clusters = 0;
    double interaction = 0;
    int clusterFreedom = 0;
    for (Influence.OfFamily family : influence.families()) {
      int count = family.byCluster().length;
      if (count < 2) {
        continue;
      }
      double correction = count / (count - 1.0);
      clusterFreedom += count - 1;
      clusters += correction * squares(family.byCluster());
      if (runs >= 2) {
        interaction += runs / (runs - 1.0) * correction * family.remainder();
      }
    }
    return new CrossedVariance(
        seeds, clusters, interaction, freedom(runs, clusterFreedom, seeds, clusters, interaction));
  }

  double total() {
    return seeds + Math.max(0, clusters - interaction);
  }

  private static double freedom(
      int runs, int clusterFreedom, double seeds, double clusters, double interaction) {
    if (runs < 2) {
      return Math.max(1, clusterFreedom);
    }
    int least = runs - 1;
    if (clusters <= interaction || clusterFreedom == 0) {
      return least;
    }
    double total = seeds + clusters - interaction;
    double below =
        seeds * seeds / least
            + clusters * clusters / clusterFreedom
            + interaction * interaction / ((double) least * clusterFreedom);
    return Math.max(least, total * total / below);
  }

  static double squares(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }

  /**
   * How much each seed and each cluster moves the mean difference (the infinitesimal jackknife). It
   * equals the delete-one jackknife, times n - 1 over n, where clusters are of equal size.
   *
   * @param bySeed one for each seed, over all families
   */
  record Influence(double[] bySeed, List<OfFamily> families) {

    /**
     * @param byCluster one for each cluster, over all seeds
     * @param remainder sum of squares of what neither seed nor cluster explains
     */
    record OfFamily(double[] bySeed, double[] byCluster, double remainder) {}

    static Influence of(PairedOutcomes outcomes) {
      int seeds = outcomes.seeds().size();
      int families = outcomes.families().size();
      List<OfFamily> all =
          outcomes.families().stream().map(family -> of(family, seeds, families)).toList();
      double[] bySeed = new double[seeds];
      for (OfFamily family : all) {
        for (int s = 0; s < seeds; s++) {
          bySeed[s] += family.bySeed()[s];
        }
      }
      return new Influence(bySeed, all);
    }

    private static OfFamily of(PairedOutcomes.Family family, int seeds, int families) {
      double[] sums = family.clusterSums(seeds);
      int clusters = family.clusters();
      double mean = 0;
      for (double sum : sums) {
        mean += sum;
      }
      mean /= (double) seeds * family.items();
      double scale = 1.0 / ((double) family.items() * families * seeds);
      double[][] cells = new double[clusters][seeds];
      double[] bySeed = new double[seeds];
      double[] byCluster = new double[clusters];
      for (int c = 0; c < clusters; c++) {
        for (int s = 0; s < seeds; s++) {
          cells[c][s] = scale * (sums[c * seeds + s] - family.size(c) * mean);
          bySeed[s] += cells[c][s];
          byCluster[c] += cells[c][s];
        }
      }
      double remainder = 0;
      for (int c = 0; c < clusters; c++) {
        double share = (double) family.size(c) / family.items();
        for (int s = 0; s < seeds; s++) {
          double rest = cells[c][s] - byCluster[c] / seeds - share * bySeed[s];
          remainder += rest * rest;
        }
      }
      return new OfFamily(bySeed, byCluster, remainder);
    }
  }
}
