package dev.sightline.statistics;

import java.util.Arrays;
import java.util.Comparator;

/** Adjusted p-values for families of tests. */
public final class MultipleTests {
  private MultipleTests() {}

  /**
   * Holm's step-down adjustment, in the order of the input.
   *
   * <p>Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian
   * Journal of Statistics 6 (1979) 65-70.
   *
   * @param family the size of the family; more than the p-values when some planned tests have no
   *     result, which then count as p = 1
   */
  public static double[] holm(double[] p, int family) {
    check(p, family);
    double[] adjusted = new double[p.length];
    double largest = 0;
    int rank = 0;
    for (int index : ascending(p)) {
      largest = Math.max(largest, Math.min(1, (family - rank) * p[index]));
      adjusted[index] = largest;
      rank++;
    }
    return adjusted;
  }

  /**
   * Benjamini and Hochberg's step-up adjustment, in the order of the input.
   *
   * <p>Source: Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", JRSS B 57
   * (1995) 289-300.
   *
   * @param family as in {@link #holm}
   */
  public static double[] benjaminiHochberg(double[] p, int family) {
    check(p, family);
    double[] adjusted = new double[p.length];
    int[] order = ascending(p);
    double smallest = 1;
    for (int rank = p.length; rank >= 1; rank--) {
      int index = order[rank - 1];
      smallest = Math.min(smallest, p[index] * family / rank);
      adjusted[index] = smallest;
    }
    return adjusted;
  }

  private static void check(double[] p, int family) {
    if (family < p.length) {
      throw new IllegalArgumentException("a family of " + family + " has " + p.length + " tests");
    }
    for (double value : p) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("not a p-value: " + value);
      }
    }
  }

  private static int[] ascending(double[] p) {
    Integer[] order = new Integer[p.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }
}
