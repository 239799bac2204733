package dev.sightline.puzzle.nqueens;

import dev.sightline.puzzle.Scene;
import java.util.List;

/**
 * A square board with queens.
 *
 * @param lines rows from the top, as many as columns: 'Q' a queen, '.' an empty square
 */
public record NQueensScene(List<String> lines) implements Scene {
  static final int LARGEST = 12;

  public NQueensScene {
    lines = List.copyOf(lines);
    if (lines.isEmpty() || lines.size() > LARGEST) {
      throw new IllegalArgumentException("a board has 1 to " + LARGEST + " rows, not " + lines);
    }
    for (String line : lines) {
      if (line.length() != lines.size() || !line.matches("[.Q]+")) {
        throw new IllegalArgumentException("a board is a square of '.' and 'Q', not " + lines);
      }
    }
  }

  public int size() {
    return lines.size();
  }

  public boolean queen(int row, int column) {
    return lines.get(row).charAt(column) == 'Q';
  }
}
