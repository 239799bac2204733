package dev.sightline.puzzle.boardtile;

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

/** Board tiling: can dominoes cover a board with holes, and how many fit on it at most. */
public final class BoardTileFamily implements PuzzleFamily {
  static final String TILEABLE = "tileable";
  static final String MOST = "most";
  static final int SMALLEST_SIDE = 3;
  static final int MOST_HOLES = 16;

  @Override
  public String name() {
    return "board_tile";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public String descriptionHint() {
    return "rows of . (square) and # (cut out)";
  }

  @Override
  public List<String> questionKinds() {
    return List.of(TILEABLE, MOST);
  }

  @Override
  public DifficultyScale difficultyScale() {
    return DifficultyScale.of("effort", 42, 60, 82, 112);
  }

  @Override
  public ConfiguredFamily configure(Map<String, ?> raw) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection =
        Selection.read(fields, this, Set.of("effort", "squares", "holes", "uncovered"));
    int rows = fields.optionalInteger("rows", 2, BoardTileScene.LARGEST_SIDE).orElse(0);
    int columns = fields.optionalInteger("columns", 2, BoardTileScene.LARGEST_SIDE).orElse(0);
    int holes = fields.optionalInteger("holes", 1, MOST_HOLES).orElse(0);
    return new ConfiguredBoardTile(
        this, fields.finish(), selection, new BoardTileGenerator.Sizes(rows, columns, holes));
  }

  @Override
  public Optional<ForeignReader> reader(ForeignFormat format) {
    return switch (format) {
      case ALGOPUZZLEVQA -> Optional.of(new BoardTileReader(this));
      case PUZZLEVQA -> Optional.empty();
    };
  }
}
