package dev.sightline.puzzle.calendar;

import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;

/** Wrong procedures on a calendar. */
final class CalendarMistakes {
  private CalendarMistakes() {}

  static List<WrongAnswer> of(CalendarScene scene, Question question) {
    CalendarDate date = CalendarDate.of(question);
    int distance = CalendarSolver.distance(scene, date);
    int months = 12 * date.years() + date.month().getValue() - scene.month().getValue();
    CalendarDate ordinary =
        new CalendarDate(date.years(), date.month(), date.day(), "N".repeat(date.leaps().length()));
    List<WrongAnswer> wrong = new ArrayList<>();
    wrong.add(wrong("one-day-late", scene, distance + 1));
    wrong.add(wrong("one-day-early", scene, distance - 1));
    wrong.add(wrong("same-date-here", scene, date.day() - 1));
    wrong.add(wrong("leap-years-ignored", scene, CalendarSolver.distance(scene, ordinary)));
    wrong.add(wrong("years-ignored", scene, distance - 365 * date.years()));
    wrong.add(wrong("all-months-of-30-days", scene, 30 * months + date.day() - 1));
    wrong.add(wrong("all-months-of-31-days", scene, 31 * months + date.day() - 1));
    wrong.add(wrong("wrong-direction", scene, -distance));
    wrong.add(
        new WrongAnswer(
            "month-begins-on-monday", CalendarText.name(DayOfWeek.MONDAY.plus(distance))));
    return wrong;
  }

  private static WrongAnswer wrong(String procedure, CalendarScene scene, int days) {
    return new WrongAnswer(procedure, CalendarText.name(scene.first().plus(days)));
  }
}
