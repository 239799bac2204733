package dev.sightline.puzzle;

import java.util.Map;

/** The level that strata use (1 is easiest) and the measures behind it. */
public record Difficulty(int level, Map<String, Integer> measures) {
  public Difficulty {
    if (level < 1) {
      throw new IllegalArgumentException("levels begin at 1, not " + level);
    }
    measures = Map.copyOf(measures);
  }
}
