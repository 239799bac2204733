package dev.sightline.puzzle.clock;

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

/** Reading a clock and reckoning from there: some time ago, in some time, after a journey. */
public final class ClockFamily implements PuzzleFamily {
  static final String AGO = "ago";
  static final String IN = "in";
  static final String JOURNEY = "journey";
  static final String NOW = "now";

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String subject() {
    return "clock";
  }

  @Override
  public String descriptionHint() {
    return "hour: H; minute: M";
  }

  @Override
  public List<String> questionKinds() {
    return List.of(AGO, IN, NOW, JOURNEY);
  }

  @Override
  public DifficultyScale difficultyScale() {
    return DifficultyScale.of(ClockMeasures.OPERATIONS, 2, 3, 4, 6);
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection = Selection.read(fields, this, ClockMeasures.NAMES);
    int maximumHours = fields.integer("maximumHours", 11, 0, 11);
    return new ConfiguredClock(this, fields.finish(), selection, maximumHours);
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return switch (format) {
      case ALGOPUZZLEVQA -> Optional.of(new ClockReader(this));
      case PUZZLEVQA -> Optional.empty();
    };
  }
}
