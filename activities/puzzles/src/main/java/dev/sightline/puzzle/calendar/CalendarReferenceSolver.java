package dev.sightline.puzzle.calendar;

import dev.sightline.puzzle.Question;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.Optional;

/**
 * Turns the pages day by day through stand-in years of the JDK's calendar, 2024 for a leap year and
 * 2023 for another, and counts the weekdays along.
 */
final class CalendarReferenceSolver {
  private CalendarReferenceSolver() {}

  static Optional<DayOfWeek> weekday(CalendarScene scene, Question question) {
    int years = question.integer("years");
    String leaps = question.text("leaps");
    LocalDate page = LocalDate.of(standIn(leaps, 0), scene.month(), 1);
    if (page.lengthOfMonth() != scene.days()) {
      return Optional.empty();
    }
    Month month = Month.of(question.integer("month"));
    int day = question.integer("day");
    int target = Math.abs(years);
    if (day < 1 || day > LocalDate.of(standIn(leaps, target), month, 1).lengthOfMonth()) {
      return Optional.empty();
    }
    LocalDate goal = LocalDate.of(standIn(leaps, target), month, day);
    boolean forward = years > 0 || (years == 0 && goal.isAfter(page));
    int year = 0;
    DayOfWeek weekday = scene.first();
    LocalDate cursor = page;
    while (year != target || !cursor.equals(goal)) {
      LocalDate next = forward ? cursor.plusDays(1) : cursor.minusDays(1);
      if (next.getYear() != cursor.getYear()) {
        year++;
        next = next.withYear(standIn(leaps, year));
      }
      cursor = next;
      weekday = forward ? weekday.plus(1) : weekday.minus(1);
    }
    return Optional.of(weekday);
  }

  private static int standIn(String leaps, int index) {
    return leaps.charAt(index) == 'L' ? 2024 : 2023;
  }
}
