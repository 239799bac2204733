package dev.sightline.puzzle.calendar;

import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.foreign.ForeignPuzzle;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** AlgoPuzzleVQA's calendars: the years are fields, the question says which of them are leap. */
final class CalendarReader implements ForeignReader {
  private static final Pattern LEAP =
      Pattern.compile("\\b(non[- ]?)?leap year", Pattern.CASE_INSENSITIVE);

  private final CalendarFamily family;

  CalendarReader(CalendarFamily family) {
    this.family = family;
  }

  @Override
  public String fileName() {
    return "calendar";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("image_year", "image_month", "query_year", "query_month", "query_day");
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    int shown = Fields.integer(inputs, "image_year");
    int years = Fields.integer(inputs, "query_year") - shown;
    Month month = month(inputs, "image_month");
    LocalDate first = LocalDate.of(shown, month, 1);
    CalendarDate date =
        new CalendarDate(
            years,
            month(inputs, "query_month"),
            Fields.integer(inputs, "query_day"),
            leaps(question, shown, years));
    return new ForeignPuzzle(
        family.configure(Map.of()),
        new Puzzle(
            new CalendarScene(month, first.getDayOfWeek(), first.lengthOfMonth()),
            date.question()));
  }

  /** As the question says; as the calendar says where it does not speak of every year. */
  private static String leaps(String question, int shown, int years) {
    StringBuilder said = new StringBuilder();
    Matcher matcher = LEAP.matcher(question);
    while (matcher.find()) {
      said.append(matcher.group(1) == null ? 'L' : 'N');
    }
    if (said.length() == Math.abs(years) + 1) {
      return said.toString();
    }
    StringBuilder known = new StringBuilder();
    for (int i = 0; i <= Math.abs(years); i++) {
      known.append(Year.isLeap(shown + (long) Integer.signum(years) * i) ? 'L' : 'N');
    }
    return known.toString();
  }

  /** Theirs is a pair of number and name. */
  private static Month month(Map<String, ?> inputs, String field) {
    Object value = inputs.get(field);
    Integer number =
        Fields.asInteger(value instanceof List<?> pair && !pair.isEmpty() ? pair.get(0) : value);
    if (number == null || number < 1 || number > 12) {
      throw new IllegalArgumentException(
          "field '" + field + "' must be a month's number and name, but is " + value);
    }
    return Month.of(number);
  }
}
