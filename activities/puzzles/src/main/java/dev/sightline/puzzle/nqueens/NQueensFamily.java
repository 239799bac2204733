package dev.sightline.puzzle.nqueens;

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

/** N queens: where the missing queens go, so that none attacks another. */
public final class NQueensFamily implements PuzzleFamily {
  static final String DISTANCE = "distance";
  static final String WALK = "walk";
  static final String COLUMN = "column";
  static final int SMALLEST = 6;
  static final int MOST_MISSING = 6;

  @Override
  public String name() {
    return "n_queens";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String descriptionHint() {
    return "rows of . (empty) and Q (queen)";
  }

  @Override
  public List<String> questionKinds() {
    return List.of(DISTANCE, WALK, COLUMN);
  }

  @Override
  public DifficultyScale difficultyScale() {
    return DifficultyScale.of("checks", 21, 34, 80, 160);
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection = Selection.read(fields, this, Set.of("checks", "size", "missing", "open"));
    int size = fields.optionalInteger("size", SMALLEST, NQueensScene.LARGEST).orElse(0);
    int missing = fields.optionalInteger("missing", 1, MOST_MISSING).orElse(0);
    return new ConfiguredNQueens(this, fields.finish(), selection, size, missing);
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return switch (format) {
      case ALGOPUZZLEVQA -> Optional.of(new NQueensReader(this));
      case PUZZLEVQA -> Optional.empty();
    };
  }
}
