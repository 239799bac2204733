package dev.sightline.reward;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The groups of a step by what a score says of them. Only groups that the score applies to count.
 *
 * @param allWrong every completion has exactly 0
 * @param allRight every completion has exactly 1
 * @param tied all have the same, and it is neither; never where a score is right or wrong
 * @param mixed they differ
 */
public record GroupCounts(int allWrong, int allRight, int tied, int mixed) {
  /** By whether completions are right, [group][completion]. */
  public static GroupCounts of(boolean[][] right) {
    double[][] values = new double[right.length][];
    for (int g = 0; g < right.length; g++) {
      values[g] = new double[right[g].length];
      for (int i = 0; i < right[g].length; i++) {
        values[g][i] = right[g][i] ? 1 : 0;
      }
    }
    return of(values);
  }

  /** By term, in the design's order. */
  public static Map<String, GroupCounts> byTerm(StepRewards rewards) {
    Map<String, GroupCounts> counts = new LinkedHashMap<>();
    rewards.terms().forEach(term -> counts.put(term.name(), of(term.values())));
    return counts;
  }

  private static GroupCounts of(double[][] values) {
    int[] counts = new int[4];
    for (double[] group : values) {
      if (group.length > 0) {
        counts[place(group)]++;
      }
    }
    return new GroupCounts(counts[0], counts[1], counts[2], counts[3]);
  }

  private static int place(double[] group) {
    if (!StepRewards.flat(group)) {
      return 3;
    }
    return group[0] == 0 ? 0 : group[0] == 1 ? 1 : 2;
  }

  /** A tree for JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("allWrong", allWrong);
    map.put("allRight", allRight);
    map.put("tied", tied);
    map.put("mixed", mixed);
    return map;
  }
}
