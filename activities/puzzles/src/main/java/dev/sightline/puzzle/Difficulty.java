package dev.sightline.puzzle;

import java.util.Map;
import java.util.TreeMap;

/**
 * How hard a puzzle is, measured.
 *
 * @param level 1 (easiest) to 5, by the family's {@link DifficultyScale}
 * @param measures solution depth, search nodes, branching, objects ... by name
 */
public record Difficulty(int level, Map<String, Integer> measures) {
  /** How many levels there are. */
  public static final int LEVELS = 5;

  public Difficulty {
    if (level < 1 || level > LEVELS) {
      throw new IllegalArgumentException("levels are 1 to 5, not " + level);
    }
    measures = java.util.Collections.unmodifiableMap(new TreeMap<>(measures));
  }
}
