package dev.sightline.statistics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * pass@k: the chance that at least one of k samples is right, with two curves beside it that keep
 * it honest. <em>Prior</em>: a sampler that draws answers as often as they occur in training and
 * sees no image. <em>Verified</em>: only a sample that describes the right scene too counts as
 * right.
 */
public final class PassAtK {
  private PassAtK() {}

  /**
   * The samples of one item.
   *
   * @param samples n
   * @param right samples with the right answer
   * @param verified samples with the right answer and the right scene, at most {@code right}; null
   *     when no scene was asked for
   * @param prior the chance that the prior sampler gives the right answer; null when unknown
   */
  public record Item(
      String family, int samples, int right, @Nullable Integer verified, @Nullable Double prior) {
    public Item {
      if (verified != null && (verified < 0 || verified > right)) {
        throw new IllegalArgumentException(
            "verified must be 0 to " + right + " (right), not " + verified);
      }
      if (prior != null && !(prior >= 0 && prior <= 1)) {
        throw new IllegalArgumentException("prior must be a probability, not " + prior);
      }
    }
  }

  /**
   * One point of the curves. Families weigh equally.
   *
   * @param verified null unless every item has it
   * @param prior null unless every item has it
   */
  public record Point(int k, double passed, @Nullable Double verified, @Nullable Double prior) {}

  /**
   * @param items at least 1, each with n >= 2 k samples for the largest k
   */
  public static List<Point> curve(Collection<Item> items, List<Integer> ks) {
    if (items.isEmpty()) {
      throw new IllegalArgumentException("pass@k needs at least 1 item");
    }
    boolean haveVerified = items.stream().allMatch(item -> item.verified() != null);
    boolean havePrior = items.stream().allMatch(item -> item.prior() != null);
    List<Point> points = new ArrayList<>();
    for (int k : ks) {
      points.add(
          new Point(
              k,
              mean(items, item -> estimate(item.samples(), item.right(), k)),
              haveVerified ? (Double) mean(items, item -> verified(item, k)) : null,
              havePrior ? (Double) mean(items, item -> byPrior(item, k)) : null));
    }
    return points;
  }

  private static double verified(Item item, int k) {
    return item.verified() == null ? 0 : estimate(item.samples(), item.verified(), k);
  }

  private static double byPrior(Item item, int k) {
    return item.prior() == null ? 0 : prior(item.prior(), k);
  }

  private static double mean(Collection<Item> items, ToDoubleFunction<Item> value) {
    SortedMap<String, double[]> families = new TreeMap<>();
    for (Item item : items) {
      double[] sum = families.computeIfAbsent(item.family(), family -> new double[2]);
      sum[0] += value.applyAsDouble(item);
      sum[1]++;
    }
    return families.values().stream().mapToDouble(sum -> sum[0] / sum[1]).average().orElseThrow();
  }

  /**
   * 1 - C(n - c, k) / C(n, k), as a running product.
   *
   * <p>Source: Chen et al., "Evaluating large language models trained on code", arXiv 2107.03374,
   * equation 1. We ask for n >= 2 k so that the estimate is not only noise (science.md 7).
   *
   * @param n samples of one item, at least 2 k
   * @param c right ones among them
   * @param k at least 1
   */
  public static double estimate(int n, int c, int k) {
    if (k < 1 || n < 2 * k || c < 0 || c > n) {
      throw new IllegalArgumentException(
          "pass@" + k + " needs n >= 2 k and 0 <= c <= n; got n = " + n + ", c = " + c);
    }
    if (n - c < k) {
      return 1;
    }
    double miss = 1;
    for (int i = n - c + 1; i <= n; i++) {
      miss *= 1 - (double) k / i;
    }
    return 1 - miss;
  }

  /**
   * pass@k of a sampler that is right with a known probability at each draw: 1 - (1 - p)^k.
   *
   * @param probability of one right draw
   */
  public static double prior(double probability, int k) {
    return -Math.expm1(k * Math.log1p(-probability));
  }
}
