package dev.sightline.puzzle.nqueens;

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

/** Reads the boards of AlgoPuzzleVQA: a size and queens as [row, column] from 0. */
final class NQueensReader implements ForeignReader {
  private static final String QUEENS = "given_queen_positions";

  private final PuzzleFamily family;

  NQueensReader(PuzzleFamily family) {
    this.family = family;
  }

  @Override
  public String fileName() {
    return "n_queens";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("rows", QUEENS);
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    int size = Fields.integer(inputs, "rows");
    List<StringBuilder> lines = new ArrayList<>();
    for (int row = 0; row < size; row++) {
      lines.add(new StringBuilder(".".repeat(size)));
    }
    if (!(inputs.get(QUEENS) instanceof List<?> queens)) {
      throw odd(inputs);
    }
    for (Object place : queens) {
      if (!(place instanceof List<?> pair) || pair.size() != 2) {
        throw odd(inputs);
      }
      Integer row = Fields.asInteger(pair.get(0));
      Integer column = Fields.asInteger(pair.get(1));
      if (row == null || column == null || row < 0 || row >= size || column < 0 || column >= size) {
        throw odd(inputs);
      }
      lines.get(row).setCharAt(column, 'Q');
    }
    int missing = Math.max(1, Math.min(NQueensFamily.MOST_MISSING, size - queens.size()));
    return new ForeignPuzzle(
        family.configure(Map.of("size", size, "missing", missing)),
        new Puzzle(
            new NQueensScene(lines.stream().map(StringBuilder::toString).toList()),
            Question.of(NQueensFamily.DISTANCE)));
  }

  private static IllegalArgumentException odd(Map<String, ?> inputs) {
    return new IllegalArgumentException(
        "field '"
            + QUEENS
            + "' must be pairs of row and column on the board, but is "
            + inputs.get(QUEENS));
  }
}
