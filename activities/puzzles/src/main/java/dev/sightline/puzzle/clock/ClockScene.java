package dev.sightline.puzzle.clock;

import dev.sightline.puzzle.Scene;

/**
 * The time that a clock shows.
 *
 * @param hour 1 to 12
 * @param minute 0 to 59
 */
public record ClockScene(int hour, int minute) implements Scene {
  public ClockScene {
    if (hour < 1 || hour > 12 || minute < 0 || minute > 59) {
      throw new IllegalArgumentException(
          "a clock shows hours 1 to 12 and minutes 0 to 59, not " + hour + " and " + minute);
    }
  }
}
