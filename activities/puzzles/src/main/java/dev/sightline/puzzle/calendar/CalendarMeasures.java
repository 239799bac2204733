package dev.sightline.puzzle.calendar;

import dev.sightline.puzzle.Question;
import java.util.Map;

/**
 * How many months lie between the page and the asked month (each is a length to add up), how many
 * days, and how many leap days lie on the way.
 */
final class CalendarMeasures {
  private CalendarMeasures() {}

  static Map<String, Integer> of(CalendarScene scene, Question question) {
    CalendarDate date = CalendarDate.of(question);
    int months = 12 * date.years() + date.month().getValue() - scene.month().getValue();
    int days = CalendarSolver.distance(scene, date);
    String ordinary = "N".repeat(date.leaps().length());
    int without =
        CalendarSolver.distance(
            scene, new CalendarDate(date.years(), date.month(), date.day(), ordinary));
    return Map.of(
        CalendarFamily.MONTHS,
        Math.abs(months),
        "days",
        Math.abs(days),
        "leap-days",
        Math.abs(days - without));
  }
}
