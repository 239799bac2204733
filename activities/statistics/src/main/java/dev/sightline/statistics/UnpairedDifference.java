package dev.sightline.statistics;

import java.util.List;

/**
 * Difference of two rates known only as counts by category, as a published table gives them.
 * Unpaired: which items both got right is not known, so this test is weaker than a paired one on
 * the same items, and speaks of single runs.
 *
 * <p>Categories are strata and weigh equally; the variance is the sum of p (1 - p) / n of all cells
 * over the squared number of categories. Source: W. G. Cochran, Sampling Techniques (1977), section
 * 5.10 (stratified sampling for proportions), as a Wald statistic.
 *
 * @param difference first minus second
 * @param error its standard error
 */
public record UnpairedDifference(double difference, double error) {

  /** Right answers out of n in one category. */
  public record Cell(int right, int n) {
    public Cell {
      if (n < 1 || right < 0 || right > n) {
        throw new IllegalArgumentException("no proportion: " + right + " of " + n);
      }
    }

    double rate() {
      return (double) right / n;
    }

    double variance() {
      return rate() * (1 - rate()) / n;
    }
  }

  /**
   * @param first cells in the order of the second's
   */
  public static UnpairedDifference of(List<Cell> first, List<Cell> second) {
    if (first.isEmpty() || first.size() != second.size()) {
      throw new IllegalArgumentException(
          "the rows have " + first.size() + " and " + second.size() + " categories");
    }
    double difference = 0;
    double variance = 0;
    for (int i = 0; i < first.size(); i++) {
      difference += first.get(i).rate() - second.get(i).rate();
      variance += first.get(i).variance() + second.get(i).variance();
    }
    return new UnpairedDifference(difference / first.size(), Math.sqrt(variance) / first.size());
  }

  /** Difference over standard error; 0 when both are 0. */
  public double z() {
    return difference == 0 ? 0 : difference / error;
  }

  /** Two-sided, by the normal distribution. */
  public double p() {
    return 2 * Intervals.normalCumulative(-Math.abs(z()));
  }

  public Interval interval(double confidence) {
    double half = Intervals.normalQuantile(1 - (1 - confidence) / 2) * error;
    return new Interval(difference - half, difference + half);
  }
}
