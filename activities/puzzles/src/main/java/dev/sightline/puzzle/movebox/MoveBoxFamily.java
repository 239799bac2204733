package dev.sightline.puzzle.movebox;

import dev.sightline.puzzle.ConfigFields;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Selection;
import dev.sightline.puzzle.Selection.Range;
import dev.sightline.puzzle.foreign.ForeignFormat;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Move box, known as Sokoban: the fewest pushes that bring every box to a flag. */
public final class MoveBoxFamily implements PuzzleFamily {
  static final String PUSHES = "pushes";
  static final DifficultyScale SCALE = DifficultyScale.of("pushes", 2, 5, 9, 14);

  /** Least and greatest side, fewest and most boxes by level; index 0 is for any level. */
  private static final int[][] SIZES = {
    {4, 6, 1, 1}, {4, 5, 1, 1}, {4, 6, 1, 1}, {5, 7, 1, 2}, {6, 8, 1, 2}, {6, 8, 2, 2}
  };

  @Override
  public String name() {
    return "move_box";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String subject() {
    return "warehouse";
  }

  @Override
  public String descriptionHint() {
    return "rows of # . B T P inside the outer wall (T is a flag)";
  }

  @Override
  public List<String> questionKinds() {
    return List.of(PUSHES);
  }

  @Override
  public DifficultyScale difficultyScale() {
    return SCALE;
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection = Selection.read(fields, this, ConfiguredMoveBox.MEASURES);
    int[] usual = SIZES[selection.wantedLevel().orElse(0)];
    Range sides =
        fields.span("Side", new Range(usual[0], usual[1]), new Range(3, MoveBoxScene.LARGEST));
    Range boxes =
        fields.span("Boxes", new Range(usual[2], usual[3]), new Range(1, MoveBoxSolver.MOST_BOXES));
    return new ConfiguredMoveBox(
        this,
        fields.finish(),
        selection,
        new MoveBoxGenerator.Sizes(
            sides.least(), sides.greatest(), boxes.least(), boxes.greatest()));
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return switch (format) {
      case ALGOPUZZLEVQA -> Optional.of(new MoveBoxReader());
      case PUZZLEVQA -> Optional.empty();
    };
  }
}
