package dev.sightline.puzzle.waterjugs;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All amounts that pours lead to, by number of pours: breadth first, forwards. An amount vector is
 * a mixed-radix number of all jugs but the first, whose amount follows from the total.
 */
final class JugsSearch {
  private final int[] capacities;
  private final int[] radix;
  private final int total;
  private int[] order = new int[64];
  private int filled;
  private int[] layers = new int[8];
  private int depth;

  /**
   * Searches until no amounts are new, or to so many pours, or up to the goal.
   *
   * @param goal amounts, or null to search everything
   */
  JugsSearch(JugsScene scene, int deepest, @Nullable List<Integer> goal) {
    capacities = scene.capacities().stream().mapToInt(Integer::intValue).toArray();
    total = scene.amounts().stream().mapToInt(Integer::intValue).sum();
    radix = new int[capacities.length];
    int states = 1;
    for (int jug = 1; jug < capacities.length; jug++) {
      radix[jug] = states;
      states *= capacities[jug] + 1;
    }
    int target = goal == null ? -1 : code(goal);
    boolean[] seen = new boolean[states];
    add(code(scene.amounts()), seen);
    layers[1] = 1;
    while (depth < deepest && (target < 0 || !seen[target])) {
      for (int i = layers[depth]; i < layers[depth + 1]; i++) {
        pourAll(order[i], seen);
      }
      if (filled == layers[depth + 1]) {
        break;
      }
      depth++;
      if (depth + 2 > layers.length) {
        layers = Arrays.copyOf(layers, 2 * layers.length);
      }
      layers[depth + 1] = filled;
    }
  }

  private void pourAll(int state, boolean[] seen) {
    int[] amounts = amounts(state);
    for (int from = 0; from < amounts.length; from++) {
      for (int to = 0; to < amounts.length; to++) {
        int poured = Math.min(amounts[from], capacities[to] - amounts[to]);
        if (from != to && poured > 0) {
          add(state + poured * (radix[to] - radix[from]), seen);
        }
      }
    }
  }

  private void add(int state, boolean[] seen) {
    if (!seen[state]) {
      seen[state] = true;
      if (filled == order.length) {
        order = Arrays.copyOf(order, 2 * filled);
      }
      order[filled++] = state;
    }
  }

  private int code(List<Integer> amounts) {
    int code = 0;
    for (int jug = 1; jug < radix.length; jug++) {
      code += radix[jug] * amounts.get(jug);
    }
    return code;
  }

  private int[] amounts(int state) {
    int[] amounts = new int[capacities.length];
    int left = total;
    for (int jug = 1; jug < amounts.length; jug++) {
      amounts[jug] = state / radix[jug] % (capacities[jug] + 1);
      left -= amounts[jug];
    }
    amounts[0] = left;
    return amounts;
  }

  /** The greatest number of pours that was needed for anything. */
  int depth() {
    return depth;
  }

  /** How many amounts were reached. */
  int states() {
    return filled;
  }

  /** How many amounts need exactly so many pours. */
  int count(int pours) {
    return layers[pours + 1] - layers[pours];
  }

  /** One of the amounts that need exactly so many pours. */
  List<Integer> get(int pours, int index) {
    return Arrays.stream(amounts(order[layers[pours] + index])).boxed().toList();
  }

  /** Whether the last layer holds these amounts. */
  boolean endsWith(List<Integer> amounts) {
    int code = code(amounts);
    for (int i = layers[depth]; i < filled; i++) {
      if (order[i] == code) {
        return true;
      }
    }
    return false;
  }
}
