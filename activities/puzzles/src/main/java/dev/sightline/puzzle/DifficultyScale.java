package dev.sightline.puzzle;

import java.util.List;
import java.util.Map;

/**
 * The published thresholds of a family: level 1 up to and with the first bound of the measure, and
 * so on; level 5 above the fourth.
 *
 * @param measure the name of the measure that decides, one of those in {@link Difficulty}
 * @param bounds four rising numbers
 */
public record DifficultyScale(String measure, List<Integer> bounds) {
  public DifficultyScale {
    bounds = List.copyOf(bounds);
    if (bounds.size() != Difficulty.LEVELS - 1) {
      throw new IllegalArgumentException("a scale has four bounds, not " + bounds);
    }
    for (int i = 1; i < bounds.size(); i++) {
      if (bounds.get(i) <= bounds.get(i - 1)) {
        throw new IllegalArgumentException("the bounds of a scale rise: " + bounds);
      }
    }
  }

  public static DifficultyScale of(String measure, int first, int second, int third, int fourth) {
    return new DifficultyScale(measure, List.of(first, second, third, fourth));
  }

  public int level(int value) {
    int level = 1;
    for (int bound : bounds) {
      level += value > bound ? 1 : 0;
    }
    return level;
  }

  /** The values of the measure that are of this level, cut to what lies within the limits. */
  public Selection.Range range(int level, int least, int greatest) {
    int from = level == 1 ? least : bounds.get(level - 2) + 1;
    int to = level == Difficulty.LEVELS ? greatest : bounds.get(level - 1);
    return new Selection.Range(Math.max(from, least), Math.min(to, greatest));
  }

  /** The difficulty with these measures, among which the scale's own must be. */
  public Difficulty difficulty(Map<String, Integer> measures) {
    Integer value = measures.get(measure);
    if (value == null) {
      throw new IllegalArgumentException("no measure " + measure + " in " + measures);
    }
    return new Difficulty(level(value), measures);
  }

  /** Such as "cells: up to 9, 16, 25, 36, more". */
  public String words() {
    return "%s: up to %d, %d, %d, %d, more"
        .formatted(measure, bounds.get(0), bounds.get(1), bounds.get(2), bounds.get(3));
  }
}
