package dev.sightline.puzzle.rubikscube;

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

/** The unfolded net of a cube: what a face shows after some turns. */
public final class RubiksCubeFamily implements PuzzleFamily {
  /** How many stickers of a colour a face has after the turns. */
  static final String COUNT = "count";

  /** Which colour a place of a face has after the turns. */
  static final String STICKER = "sticker";

  private static final Set<String> MEASURES = Set.of("turns", "quarters", "mixed", "moved");

  @Override
  public String name() {
    return "rubiks_cube";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String subject() {
    return "cube";
  }

  @Override
  public String descriptionHint() {
    return "up, left, front, right, back, down: rows of R G B Y O, A for grey";
  }

  @Override
  public List<String> questionKinds() {
    return List.of(COUNT, STICKER);
  }

  @Override
  public DifficultyScale difficultyScale() {
    return DifficultyScale.of("turns", 1, 2, 4, 6);
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection = Selection.read(fields, this, MEASURES);
    Optional<Integer> scramble = fields.optionalInteger("scramble", 0, 40);
    return new ConfiguredRubiksCube(this, fields.finish(), selection, scramble);
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return format == ForeignFormat.ALGOPUZZLEVQA
        ? Optional.of(new RubiksCubeReader())
        : Optional.empty();
  }
}
