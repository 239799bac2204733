package dev.sightline.puzzle.calendar;

import dev.sightline.puzzle.ConfigFields;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Selection;
import dev.sightline.puzzle.foreign.ForeignFormat;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The page of one month: on which weekday is a date of the same or another year? */
public final class CalendarFamily implements PuzzleFamily {
  static final String SAME_YEAR = "same-year";
  static final String NEXT_YEAR = "next-year";
  static final String PREVIOUS_YEAR = "previous-year";
  static final String YEARS_LATER = "years-later";
  static final String YEARS_EARLIER = "years-earlier";

  static final String MONTHS = "months";

  @Override
  public String name() {
    return "calendar";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String subject() {
    return "calendar page";
  }

  @Override
  public String descriptionHint() {
    return "month: NAME; first: WEEKDAY of the 1st; days: N";
  }

  @Override
  public List<String> questionKinds() {
    return List.of(SAME_YEAR, NEXT_YEAR, PREVIOUS_YEAR, YEARS_LATER, YEARS_EARLIER);
  }

  @Override
  public DifficultyScale difficultyScale() {
    return DifficultyScale.of(MONTHS, 1, 5, 11, 23);
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection = Selection.read(fields, this, Set.of(MONTHS, "days", "leap-days"));
    return new ConfiguredCalendar(this, fields.finish(), selection);
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return switch (format) {
      case ALGOPUZZLEVQA -> Optional.of(new CalendarReader(this));
      case PUZZLEVQA -> Optional.empty();
    };
  }
}
