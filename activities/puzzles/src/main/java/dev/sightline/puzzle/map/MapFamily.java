package dev.sightline.puzzle.map;

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

/**
 * Map colouring: in how many ways the white regions can be coloured, or which colour one must get.
 */
public final class MapFamily implements PuzzleFamily {
  static final String COUNT = "count";
  static final String FORCED = "forced";
  static final int FEWEST_REGIONS = 6;
  static final int MOST_UNKNOWN = 10;

  @Override
  public String name() {
    return "map";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String subject() {
    return "map";
  }

  @Override
  public String descriptionHint() {
    return "colours: COLOUR by region number; borders: pairs such as 1 2, 1 5";
  }

  @Override
  public List<String> questionKinds() {
    return List.of(COUNT, FORCED);
  }

  @Override
  public DifficultyScale difficultyScale() {
    return DifficultyScale.of("nodes", 6, 14, 30, 60);
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection =
        Selection.read(fields, this, Set.of("nodes", "regions", "white", "borders"));
    int regions =
        fields.optionalInteger("regions", FEWEST_REGIONS, MapScene.MOST_REGIONS).orElse(0);
    int white = fields.optionalInteger("white", 1, MOST_UNKNOWN).orElse(0);
    return new ConfiguredMap(this, fields.finish(), selection, regions, white);
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return switch (format) {
      case ALGOPUZZLEVQA -> Optional.of(new MapReader(this));
      case PUZZLEVQA -> Optional.empty();
    };
  }
}
