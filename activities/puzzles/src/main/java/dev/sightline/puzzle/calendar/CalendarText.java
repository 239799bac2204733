package dev.sightline.puzzle.calendar;

import java.time.DayOfWeek;
import java.time.Month;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** English names and the question's words. */
final class CalendarText {
  static final Set<String> MONTHS = new TreeSet<>();
  static final Set<String> WEEKDAYS = new TreeSet<>();

  static {
    for (Month month : Month.values()) {
      MONTHS.add(name(month));
    }
    for (DayOfWeek day : DayOfWeek.values()) {
      WEEKDAYS.add(name(day));
    }
  }

  private CalendarText() {}

  static String name(Month month) {
    return capital(month.name());
  }

  static String name(DayOfWeek day) {
    return capital(day.name());
  }

  private static String capital(String name) {
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  static String ask(CalendarDate date) {
    String shown = "The picture shows one month of a " + leap(date.leaps().charAt(0)) + ".";
    int away = Math.abs(date.years());
    boolean later = date.years() > 0;
    String years;
    String which;
    if (away == 0) {
      years = "";
      which = "the same year";
    } else if (away == 1) {
      which = later ? "the next year" : "the previous year";
      years =
          " The %s year is a %s."
              .formatted(later ? "next" : "previous", leap(date.leaps().charAt(1)));
    } else {
      StringBuilder list = new StringBuilder();
      for (int i = 1; i <= away; i++) {
        list.append(i == 1 ? "" : i == away ? " and " : ", ");
        list.append("a ").append(leap(date.leaps().charAt(i)));
      }
      years =
          later
              ? " The %d years after it are, one after the other, %s.".formatted(away, list)
              : " The %d years before it are, going back one by one, %s.".formatted(away, list);
      which = "the year %d years %s the shown one".formatted(away, later ? "after" : "before");
    }
    return "%s%s On which day of the week is %s %d of %s? Answer with the day's English name."
        .formatted(shown, years, name(date.month()), date.day(), which);
  }

  private static String leap(char flag) {
    return flag == 'L' ? "leap year" : "non-leap year";
  }
}
