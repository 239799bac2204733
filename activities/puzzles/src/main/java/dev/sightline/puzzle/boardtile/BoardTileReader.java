package dev.sightline.puzzle.boardtile;

import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.foreign.ForeignPuzzle;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the boards of AlgoPuzzleVQA: sizes and the removed squares as [row, column] from 0. */
final class BoardTileReader implements ForeignReader {
  private final PuzzleFamily family;

  BoardTileReader(PuzzleFamily family) {
    this.family = family;
  }

  @Override
  public String fileName() {
    return "board_tile";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("rows", "columns", "removed_positions");
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    int rows = Fields.integer(inputs, "rows");
    int columns = Fields.integer(inputs, "columns");
    List<StringBuilder> lines = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      lines.add(new StringBuilder(".".repeat(Math.max(0, columns))));
    }
    if (!(inputs.get("removed_positions") instanceof List<?> removed)) {
      throw odd(inputs);
    }
    for (Object place : removed) {
      if (!(place instanceof List<?> pair) || pair.size() != 2) {
        throw odd(inputs);
      }
      Integer row = Fields.asInteger(pair.get(0));
      Integer column = Fields.asInteger(pair.get(1));
      if (row == null
          || column == null
          || row < 0
          || row >= rows
          || column < 0
          || column >= columns) {
        throw odd(inputs);
      }
      lines.get(row).setCharAt(column, BoardTileScene.CUT);
    }
    BoardTileScene scene = new BoardTileScene(lines.stream().map(StringBuilder::toString).toList());
    return new ForeignPuzzle(
        family.configure(Map.of("rows", rows, "columns", columns)),
        new Puzzle(scene, Question.of(BoardTileFamily.TILEABLE)));
  }

  private static IllegalArgumentException odd(Map<String, ?> inputs) {
    return new IllegalArgumentException(
        "field 'removed_positions' must be pairs of row and column on the board, but is "
            + inputs.get("removed_positions"));
  }
}
