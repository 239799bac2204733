package dev.sightline.puzzle.boardtile;

import dev.sightline.puzzle.Scene;
import java.util.List;

/**
 * A board with holes.
 *
 * @param lines rows from the top, equally long: '.' a square that is left, '#' one cut out
 */
public record BoardTileScene(List<String> lines) implements Scene {
  static final int LARGEST_SIDE = 12;
  static final char LEFT = '.';
  static final char CUT = '#';

  public BoardTileScene {
    lines = List.copyOf(lines);
    if (lines.isEmpty()
        || lines.size() > LARGEST_SIDE
        || lines.getFirst().length() > LARGEST_SIDE) {
      throw new IllegalArgumentException(
          "a board has 1 to " + LARGEST_SIDE + " rows and columns, not " + lines);
    }
    for (String line : lines) {
      if (line.length() != lines.getFirst().length() || !line.matches("[.#]+")) {
        throw new IllegalArgumentException(
            "the rows of a board are equally long and of '.' and '#', not " + lines);
      }
    }
  }

  public int rows() {
    return lines.size();
  }

  public int columns() {
    return lines.getFirst().length();
  }

  public boolean left(int row, int column) {
    return lines.get(row).charAt(column) == LEFT;
  }
}
