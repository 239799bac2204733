package dev.sightline.puzzle.colourhue;

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

/** Coloured tiles in disorder: the least number of swaps that puts them in order. */
public final class ColourHueFamily implements PuzzleFamily {
  static final String SWAPS = "swaps";

  @Override
  public String name() {
    return "colour_hue";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public String descriptionHint() {
    return "rows of (A), each tile by its row letter and column number in (B): b2 a1/...";
  }

  @Override
  public List<String> questionKinds() {
    return List.of(SWAPS);
  }

  @Override
  public DifficultyScale difficultyScale() {
    return DifficultyScale.of(SWAPS, 3, 6, 10, 15);
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection =
        Selection.read(fields, this, Set.of(SWAPS, "misplaced", "tiles", "cycles"));
    Optional<Integer> rows = fields.optionalInteger("rows", 1, ColourHueScene.LONGEST);
    Optional<Integer> columns = fields.optionalInteger("columns", 3, ColourHueScene.LONGEST);
    ColourHueGenerator generator =
        new ColourHueGenerator(selection, difficultyScale(), rows, columns);
    if (generator.choices().isEmpty()) {
      throw new InvalidConfigException(
          "rows",
          "the board has too few tiles for level " + selection.wantedLevel().orElse(1),
          "use a larger board or a lower level");
    }
    return new ConfiguredColourHue(this, fields.finish(), generator);
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return switch (format) {
      case ALGOPUZZLEVQA -> Optional.of(new ColourHueReader(this));
      case PUZZLEVQA -> Optional.empty();
    };
  }
}
