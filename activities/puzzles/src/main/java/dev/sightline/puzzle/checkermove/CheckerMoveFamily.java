package dev.sightline.puzzle.checkermove;

import dev.sightline.puzzle.ConfigFields;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Selection;
import dev.sightline.puzzle.Selection.Range;
import dev.sightline.puzzle.foreign.ForeignFormat;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checker move, known as toads and frogs: how many moves lead from one row to another. */
public final class CheckerMoveFamily implements PuzzleFamily {
  static final String MOVES = "moves";
  static final DifficultyScale SCALE = DifficultyScale.of("moves", 2, 5, 14, 35);

  /** Least and greatest length, most empty squares by level; index 0 is for any level. */
  private static final int[][] SIZES = {
    {4, 12, 2}, {4, 12, 2}, {5, 12, 2}, {6, 12, 2}, {8, 14, 3}, {10, 16, 3}
  };

  @Override
  public String name() {
    return "checker_move";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String subject() {
    return "rows";
  }

  @Override
  public String descriptionHint() {
    return "start: squares of G R _ from left to right; end: the same";
  }

  @Override
  public List<String> questionKinds() {
    return List.of(MOVES);
  }

  @Override
  public DifficultyScale difficultyScale() {
    return SCALE;
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection = Selection.read(fields, this, ConfiguredCheckerMove.MEASURES);
    int[] usual = SIZES[selection.wantedLevel().orElse(0)];
    Range length = fields.span("Length", new Range(usual[0], usual[1]), new Range(4, 16));
    int empty = fields.integer("maximumEmpty", usual[2], 1, 3);
    int most = 0;
    for (int free = 1; free <= Math.min(empty, length.greatest() - 2); free++) {
      most = Math.max(most, CheckerGenerator.mostMoves(length.greatest(), free));
    }
    if (selection.wantedLevel().isPresent()
        && selection.aim(SCALE, selection.wantedLevel().get(), 1, most).isEmpty()) {
      throw new InvalidConfigException(
          "level",
          "rows of " + length.greatest() + " squares never need so many moves",
          "use longer rows or a lower level");
    }
    return new ConfiguredCheckerMove(
        this, fields.finish(), selection, length.least(), length.greatest(), empty);
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return switch (format) {
      case ALGOPUZZLEVQA -> Optional.of(new CheckerReader());
      case PUZZLEVQA -> Optional.empty();
    };
  }
}
