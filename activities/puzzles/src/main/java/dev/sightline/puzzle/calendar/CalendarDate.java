package dev.sightline.puzzle.calendar;

import dev.sightline.puzzle.Question;
import java.time.Month;

/**
 * The date that is asked for.
 *
 * @param years how many years after the shown one; before it where negative
 * @param leaps L (leap) or N for the shown year, the next one on the way, and so on to the asked
 *     one
 */
record CalendarDate(int years, Month month, int day, String leaps) {
  /** How far away a date may be asked for, in years. */
  static final int FARTHEST = 4;

  CalendarDate {
    if (Math.abs(years) > FARTHEST || !leaps.matches("[LN]{" + (Math.abs(years) + 1) + "}")) {
      throw new IllegalArgumentException(
          "the leap years of a date %d years away are %d of L and N, not %s"
              .formatted(years, Math.abs(years) + 1, leaps));
    }
  }

  static CalendarDate of(Question question) {
    return new CalendarDate(
        question.integer("years"),
        Month.of(question.integer("month")),
        question.integer("day"),
        question.text("leaps"));
  }

  Question question() {
    return Question.of(kind(years))
        .with("years", years)
        .with("month", month.getValue())
        .with("day", day)
        .with("leaps", leaps);
  }

  static String kind(int years) {
    return switch (years) {
      case 0 -> CalendarFamily.SAME_YEAR;
      case 1 -> CalendarFamily.NEXT_YEAR;
      case -1 -> CalendarFamily.PREVIOUS_YEAR;
      default -> years > 0 ? CalendarFamily.YEARS_LATER : CalendarFamily.YEARS_EARLIER;
    };
  }

  boolean shownLeap() {
    return leaps.charAt(0) == 'L';
  }

  boolean askedLeap() {
    return leaps.charAt(leaps.length() - 1) == 'L';
  }

  /** Whether such years can follow each other: leap years are four or more apart. */
  boolean possible() {
    int first = leaps.indexOf('L');
    int second = first < 0 ? -1 : leaps.indexOf('L', first + 1);
    return second < 0 || second - first >= 4;
  }
}
