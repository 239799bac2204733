package dev.sightline.puzzle.numberslide;

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

/** Sliding boards of 8, 15 or 24 numbered tiles: what moves of the open place can give. */
public final class NumberSlideFamily implements PuzzleFamily {
  private static final Set<String> MEASURES = Set.of("slides", "moves", "tiles", "boards");

  @Override
  public String name() {
    return "number_slide";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String descriptionHint() {
    return "rows of numbers between blanks, 0 for the open position";
  }

  @Override
  public List<String> questionKinds() {
    return NumberSlideKind.names();
  }

  @Override
  public DifficultyScale difficultyScale() {
    return DifficultyScale.of("slides", 4, 20, 72, 200);
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection = Selection.read(fields, this, MEASURES);
    Optional<Integer> size = fields.optionalInteger("size", 3, 5);
    Map<String, Object> config = fields.finish();
    if (selection.questions().equals(Set.of(NumberSlideKind.AFTER_MOVES.wireName()))
        && selection.wantedLevel().filter(level -> level > 3).isPresent()) {
      throw new InvalidConfigException(
          "level", "is beyond 3 for after-moves alone", "use level 1 to 3, or other questions too");
    }
    return new ConfiguredNumberSlide(this, config, selection, size);
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return format == ForeignFormat.ALGOPUZZLEVQA
        ? Optional.of(new NumberSlideReader())
        : Optional.empty();
  }
}
