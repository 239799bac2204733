package dev.sightline.puzzle.wheeloffortune;

import dev.sightline.puzzle.ConfigFields;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Selection;
import dev.sightline.puzzle.foreign.ForeignFormat;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A wheel of sectors with prizes is spun: which prize comes to the arrow? */
public final class WheelOfFortuneFamily implements PuzzleFamily {
  static final String DEGREES = "degrees";
  static final String TURNS = "turns";
  static final String SEQUENCE = "sequence";

  static final String STEPS = "steps";

  @Override
  public String name() {
    return "wheel_of_fortune";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String subject() {
    return "wheel";
  }

  @Override
  public String descriptionHint() {
    return "arrow: D; edges: D D ...; prizes: A B ... (degrees clockwise from top)";
  }

  @Override
  public List<String> questionKinds() {
    return List.of(DEGREES, TURNS, SEQUENCE);
  }

  @Override
  public DifficultyScale difficultyScale() {
    return DifficultyScale.of(STEPS, 4, 6, 9, 12);
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection =
        Selection.read(
            fields, this, Set.of(STEPS, "crossed", "margin", "sectors", "spins", "whole-turns"));
    int least = fields.integer("minimumSectors", 6, 5, 12);
    int most = fields.integer("maximumSectors", 12, 5, 12);
    int margin = fields.integer("margin", 8, 5, 15);
    if (least > most) {
      throw new InvalidConfigException(
          "minimumSectors", "is above maximumSectors", "use at most " + most);
    }
    return new ConfiguredWheel(
        this,
        fields.finish(),
        new WheelGenerator(selection, difficultyScale(), least, most, margin));
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return switch (format) {
      case ALGOPUZZLEVQA -> Optional.of(new WheelReader(this));
      case PUZZLEVQA -> Optional.empty();
    };
  }
}
