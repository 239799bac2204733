package dev.sightline.puzzle.calendar;

import dev.sightline.puzzle.Scene;
import java.time.DayOfWeek;
import java.time.Month;

/**
 * The page of a month, without its year.
 *
 * @param first the weekday of its first day
 * @param days 28 to 31; a described page may have too many or too few for its month
 */
public record CalendarScene(Month month, DayOfWeek first, int days) implements Scene {
  public CalendarScene {
    if (days < 28 || days > 31) {
      throw new IllegalArgumentException("a month has 28 to 31 days, not " + days);
    }
  }
}
