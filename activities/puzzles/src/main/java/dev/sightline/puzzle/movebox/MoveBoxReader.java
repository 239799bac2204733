package dev.sightline.puzzle.movebox;

import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.foreign.ForeignPuzzle;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** AlgoPuzzleVQA's move_box: a grid with its outer wall; # . B, S the person, T the target. */
final class MoveBoxReader implements ForeignReader {
  @Override
  public String fileName() {
    return "move_box";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("timestep.grid_0");
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    if (!(Fields.map(inputs, "timestep").get("grid_0") instanceof List<?> grid)
        || grid.size() < 3) {
      throw new IllegalArgumentException("field 'timestep.grid_0' must be a list of rows");
    }
    int columns = row(grid, 0).size();
    StringBuilder cells = new StringBuilder();
    for (int i = 0; i < grid.size(); i++) {
      List<?> row = row(grid, i);
      for (int j = 0; j < columns; j++) {
        String cell = j < row.size() ? String.valueOf(row.get(j)) : "";
        boolean ring = i == 0 || j == 0 || i == grid.size() - 1 || j == columns - 1;
        if (cell.length() != 1 || "#.BST".indexOf(cell) < 0 || (ring && !cell.equals("#"))) {
          throw new IllegalArgumentException(
              "field 'timestep.grid_0' has '%s' in row %d, column %d; cells are # . B S T inside a ring of #"
                  .formatted(cell, i, j));
        }
        if (!ring) {
          cells.append(cell.equals("S") ? "P" : cell);
        }
      }
    }
    MoveBoxScene scene = new MoveBoxScene(grid.size() - 2, columns - 2, cells.toString());
    Map<String, Object> config =
        Map.of(
            "minimumSide", Math.min(scene.rows(), scene.columns()),
            "maximumSide", Math.max(scene.rows(), scene.columns()));
    return new ForeignPuzzle(
        new MoveBoxFamily().configure(config),
        new Puzzle(scene, Question.of(MoveBoxFamily.PUSHES)));
  }

  private static List<?> row(List<?> grid, int index) {
    if (!(grid.get(index) instanceof List<?> row)) {
      throw new IllegalArgumentException("field 'timestep.grid_0' must hold rows of cells");
    }
    return row;
  }
}
