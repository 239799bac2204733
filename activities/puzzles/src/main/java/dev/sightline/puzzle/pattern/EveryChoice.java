package dev.sightline.puzzle.pattern;

import java.util.Arrays;

/** Walks through every sequence of choices, in lexical order, like an odometer. For one thread. */
final class EveryChoice implements Chooser {
  private int[] chosen = new int[64];
  private int[] bounds = new int[64];
  private int known;
  private int depth;

  @Override
  public int below(int bound) {
    if (depth == known) {
      if (known == chosen.length) {
        chosen = Arrays.copyOf(chosen, 2 * known);
        bounds = Arrays.copyOf(bounds, 2 * known);
      }
      chosen[known] = 0;
      bounds[known] = bound;
      known++;
    }
    return chosen[depth++];
  }

  /** Begins the next sequence; false after the last one. */
  boolean next() {
    while (known > 0 && chosen[known - 1] + 1 >= bounds[known - 1]) {
      known--;
    }
    depth = 0;
    if (known == 0) {
      return false;
    }
    chosen[known - 1]++;
    return true;
  }
}
