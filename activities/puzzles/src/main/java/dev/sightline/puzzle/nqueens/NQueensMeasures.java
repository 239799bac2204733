package dev.sightline.puzzle.nqueens;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What it takes to find the missing queens by trying. */
final class NQueensMeasures {
  private final List<int[]> queens = new ArrayList<>();
  private final List<Integer> rows = new ArrayList<>();
  private final List<Integer> columns = new ArrayList<>();
  private int checks;

  private NQueensMeasures(NQueensScene scene) {
    for (int line = 0; line < scene.size(); line++) {
      rows.add(line);
      columns.add(line);
    }
    for (int row = 0; row < scene.size(); row++) {
      for (int column = 0; column < scene.size(); column++) {
        if (scene.queen(row, column)) {
          queens.add(new int[] {row, column});
          rows.remove((Integer) row);
          columns.remove((Integer) column);
        }
      }
    }
  }

  /**
   * {@code checks}: pairs of queens compared when every empty row in turn tries every empty column
   * against all queens that stand; {@code open}: squares that no given queen attacks.
   */
  static Map<String, Integer> of(NQueensScene scene) {
    NQueensMeasures measures = new NQueensMeasures(scene);
    int given = measures.queens.size();
    int open = 0;
    for (int row : measures.rows) {
      for (int column : measures.columns) {
        open += measures.peaceful(row, column) ? 1 : 0;
      }
    }
    measures.search(0);
    return Map.of(
        "checks",
        measures.checks,
        "size",
        scene.size(),
        "missing",
        scene.size() - given,
        "open",
        open);
  }

  private boolean peaceful(int row, int column) {
    for (int[] queen : queens) {
      if (Math.abs(queen[0] - row) == Math.abs(queen[1] - column)) {
        return false;
      }
    }
    return true;
  }

  private void search(int at) {
    if (at == rows.size()) {
      return;
    }
    int row = rows.get(at);
    for (int column : columns) {
      if (queens.stream().anyMatch(queen -> queen[1] == column)) {
        continue;
      }
      checks += queens.size();
      if (peaceful(row, column)) {
        queens.add(new int[] {row, column});
        search(at + 1);
        queens.removeLast();
      }
    }
  }
}
