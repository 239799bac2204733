package dev.sightline.statistics;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/** Which differences an experiment of a given size can find. */
public final class Power {
  /** Power and two-sided level of every number below, unless told otherwise. */
  public static final double POWER = 0.8;

  public static final double LEVEL = 0.05;

  /** Shares of items on which two arms may differ. */
  public static final List<Double> DISCORDANCES = List.of(0.1, 0.2, 0.3);

  /** Standard deviations of per-seed differences, as rates. */
  public static final List<Double> SEED_DEVIATIONS = List.of(0.01, 0.02, 0.04);

  private Power() {}

  /**
   * @param discordance share of items on which the two arms differ
   * @param difference smallest difference of rates found; empty when none is
   */
  public record ItemRow(double discordance, int items, OptionalDouble difference) {}

  /**
   * @param deviation standard deviation of the per-seed paired differences, as a rate
   * @param difference smallest difference of rates found; empty with fewer than 2 seeds
   */
  public record SeedRow(double deviation, int seeds, OptionalDouble difference) {}

  /** The table that plan and report print. */
  public record Table(List<ItemRow> items, List<SeedRow> seeds, double smallestSignFlip) {
    public Table {
      items = List.copyOf(items);
      seeds = List.copyOf(seeds);
    }
  }

  /** The usual discordances and deviations, power and level. */
  public static Table table(int items, int seeds) {
    return table(items, DISCORDANCES, seeds, SEED_DEVIATIONS, POWER, LEVEL);
  }

  public static Table table(
      int items,
      List<Double> discordances,
      int seeds,
      List<Double> deviations,
      double power,
      double level) {
    return new Table(
        discordances.stream()
            .map(q -> new ItemRow(q, items, itemDifference(q, items, power, level)))
            .toList(),
        deviations.stream()
            .map(sd -> new SeedRow(sd, seeds, seedDifference(sd, seeds, power, level)))
            .toList(),
        smallestSignFlip(seeds));
  }

  /**
   * Smallest difference of two rates on the same items that McNemar's test finds: the root of n d^2
   * = (z_a sqrt(q) + z_b sqrt(q - d^2))^2 with discordance q.
   *
   * <p>Source: R. J. Connor, "Sample size for testing differences in proportions for the
   * paired-sample design", Biometrics 43 (1987) 207-211.
   *
   * @return empty when even d = q (all discordance in one direction) is not found
   */
  public static OptionalDouble itemDifference(
      double discordance, int items, double power, double level) {
    if (!(discordance > 0 && discordance <= 1) || items < 1) {
      throw new IllegalArgumentException("discordance " + discordance + ", items " + items);
    }
    double za = Intervals.normalQuantile(1 - level / 2);
    double zb = Intervals.normalQuantile(power);
    double low = 0;
    double high = discordance;
    if (itemExcess(high, discordance, items, za, zb) < 0) {
      return OptionalDouble.empty();
    }
    for (int i = 0; i < 100; i++) {
      double middle = (low + high) / 2;
      if (itemExcess(middle, discordance, items, za, zb) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return OptionalDouble.of(high);
  }

  /**
   * The fewest items with which McNemar's test finds a difference, by the same formula.
   *
   * @param difference above 0, at most the discordance
   */
  public static int items(double discordance, double difference, double power, double level) {
    if (!(difference > 0 && difference <= discordance && discordance <= 1)) {
      throw new IllegalArgumentException(
          "difference " + difference + " must be above 0 and at most discordance " + discordance);
    }
    double za = Intervals.normalQuantile(1 - level / 2);
    double zb = Intervals.normalQuantile(power);
    double root =
        (za * Math.sqrt(discordance)
                + zb * Math.sqrt(Math.max(0, discordance - difference * difference)))
            / difference;
    return (int) Math.ceil(root * root);
  }

  /**
   * Power of the exact McNemar test, by summation: the number of discordant pairs is binomial(n,
   * discordance), those for the first side binomial with share (discordance + difference) / (2
   * discordance).
   *
   * <p>Source: the unconditional power in M. W. Fagerland, S. Lydersen and P. Laake, BMC Medical
   * Research Methodology 13:91 (2013).
   */
  public static double itemPower(double discordance, double difference, int items, double level) {
    if (!(discordance > 0 && discordance <= 1 && Math.abs(difference) <= discordance)) {
      throw new IllegalArgumentException(
          "discordance " + discordance + ", difference " + difference);
    }
    double share = (discordance + difference) / (2 * discordance);
    BinomialDistribution pairs = BinomialDistribution.of(items, discordance);
    double power = 0;
    for (int m = 1; m <= items; m++) {
      double chance = pairs.probability(m);
      if (chance > 1e-14) {
        int edge = rejected(m, level);
        if (edge >= 0) {
          BinomialDistribution first = BinomialDistribution.of(m, share);
          power +=
              chance
                  * (first.cumulativeProbability(edge) + first.survivalProbability(m - edge - 1));
        }
      }
    }
    return power;
  }

  /** The largest smaller count that exact McNemar rejects among m discordant pairs; -1 for none. */
  private static int rejected(int m, double level) {
    BinomialDistribution fair = BinomialDistribution.of(m, 0.5);
    int edge = -1;
    while (2 * (edge + 1) < m && 2 * fair.cumulativeProbability(edge + 1) <= level) {
      edge++;
    }
    return edge;
  }

  /**
   * The fewest seeds with which a paired t test finds a mean difference.
   *
   * @return empty when 10,000 are not enough
   */
  public static OptionalInt seeds(double deviation, double difference, double power, double level) {
    if (!(deviation > 0 && difference > 0)) {
      throw new IllegalArgumentException("deviation " + deviation + ", difference " + difference);
    }
    int most = 10_000;
    int low = 1;
    int high = 2;
    while (studentPower(difference / deviation, high, level) < power) {
      if (high == most) {
        return OptionalInt.empty();
      }
      low = high;
      high = Math.min(most, 2 * high);
    }
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (studentPower(difference / deviation, middle, level) < power) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return OptionalInt.of(high);
  }

  private static double itemExcess(double d, double q, int n, double za, double zb) {
    return Math.sqrt(n) * d - za * Math.sqrt(q) - zb * Math.sqrt(Math.max(0, q - d * d));
  }

  /**
   * Smallest mean of per-seed paired differences that a two-sided paired t test finds, by the
   * noncentral t distribution.
   *
   * <p>Source: J. Cohen, Statistical Power Analysis for the Behavioral Sciences (1988), chapter 2;
   * exact form as in Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions 2 (1995),
   * chapter 31.
   *
   * @param deviation standard deviation of the per-seed differences
   * @return empty with fewer than 2 seeds
   */
  public static OptionalDouble seedDifference(
      double deviation, int seeds, double power, double level) {
    if (!(deviation > 0) || seeds < 0) {
      throw new IllegalArgumentException("deviation " + deviation + ", seeds " + seeds);
    }
    if (seeds < 2) {
      return OptionalDouble.empty();
    }
    double low = 0;
    double high = 1;
    while (studentPower(high, seeds, level) < power) {
      high *= 2;
    }
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (studentPower(middle, seeds, level) < power) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return OptionalDouble.of(high * deviation);
  }

  /**
   * Power of the two-sided one-sample t test.
   *
   * @param effect mean over standard deviation
   * @param n at least 2
   */
  public static double studentPower(double effect, int n, double level) {
    double critical = Intervals.studentQuantile(1 - level / 2, n - 1);
    double shift = effect * Math.sqrt(n);
    return 1
        - noncentralCumulative(critical, n - 1, shift)
        + noncentralCumulative(-critical, n - 1, shift);
  }

  /**
   * P(T <= t) of the noncentral t distribution: the mean of Phi(t sqrt(u / v) - shift) over u
   * chi-squared(v), by the midpoint rule over the quantiles' range in sqrt(u).
   */
  static double noncentralCumulative(double t, int degrees, double shift) {
    ChiSquaredDistribution chi = ChiSquaredDistribution.of(degrees);
    double end = Math.sqrt(chi.inverseSurvivalProbability(1e-14));
    int parts = 4000;
    double step = end / parts;
    double sum = 0;
    for (int i = 0; i < parts; i++) {
      double root = (i + 0.5) * step;
      double density = 2 * root * chi.density(root * root);
      sum += Intervals.normalCumulative(t * root / Math.sqrt(degrees) - shift) * density;
    }
    return sum * step;
  }

  /** The smallest p-value that a two-sided sign-flip test over seeds can give: 2^(1 - seeds). */
  public static double smallestSignFlip(int seeds) {
    return seeds < 1 ? 1 : Math.pow(2, 1.0 - seeds);
  }
}
