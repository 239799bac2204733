package dev.sightline.puzzle.calendar;

import dev.sightline.puzzle.Question;
import java.time.DayOfWeek;
import java.time.Month;
import java.util.Optional;

/** Counts the days between the first of the shown month and the asked date, modulo seven. */
final class CalendarSolver {
  private static final int[] BEFORE = {
    0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334,
  };

  private CalendarSolver() {}

  /** Empty where page or date does not exist in such years. */
  static Optional<DayOfWeek> weekday(CalendarScene scene, Question question) {
    CalendarDate date = CalendarDate.of(question);
    if (scene.days() != scene.month().length(date.shownLeap())
        || date.day() < 1
        || date.day() > date.month().length(date.askedLeap())) {
      return Optional.empty();
    }
    return Optional.of(scene.first().plus(distance(scene, date)));
  }

  /** Days from the first of the shown month to the date; negative where it is earlier. */
  static int distance(CalendarScene scene, CalendarDate date) {
    int days =
        dayOfYear(date.month(), date.day(), date.askedLeap())
            - dayOfYear(scene.month(), 1, date.shownLeap());
    for (int i = 0; i < date.years(); i++) {
      days += yearLength(date.leaps().charAt(i));
    }
    for (int i = 1; i <= -date.years(); i++) {
      days -= yearLength(date.leaps().charAt(i));
    }
    return days;
  }

  private static int yearLength(char leap) {
    return leap == 'L' ? 366 : 365;
  }

  private static int dayOfYear(Month month, int day, boolean leap) {
    return BEFORE[month.getValue() - 1] + (leap && month.getValue() > 2 ? 1 : 0) + day;
  }
}
