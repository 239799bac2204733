package dev.sightline.puzzle.checkermove;

import dev.sightline.puzzle.Scene;

/**
 * Two rows of equally many squares.
 *
 * @param start 'G' green, 'R' red, '_' empty, from left to right
 * @param end the same for the row to reach
 */
record CheckerScene(String start, String end) implements Scene {
  static final int LONGEST = 20;

  CheckerScene {
    if (start.isEmpty()
        || start.length() > LONGEST
        || start.length() != end.length()
        || !(start + end).chars().allMatch(square -> "GR_".indexOf(square) >= 0)) {
      throw new IllegalArgumentException(
          "two rows have the same 1 to %d squares of G, R and _, unlike %s and %s"
              .formatted(LONGEST, start, end));
    }
  }

  int squares() {
    return start.length();
  }
}
