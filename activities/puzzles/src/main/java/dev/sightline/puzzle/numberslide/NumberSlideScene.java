package dev.sightline.puzzle.numberslide;

import dev.sightline.puzzle.Scene;
import java.util.List;

/**
 * A square board of numbered tiles.
 *
 * @param size places in a row, 2 to 5
 * @param cells numbers row by row from the upper left, 0 for an open place; a legal board has 0 to
 *     size * size - 1 once each
 */
public record NumberSlideScene(int size, List<Integer> cells) implements Scene {
  static final int GREATEST = 24;

  public NumberSlideScene {
    cells = List.copyOf(cells);
    if (size < 2 || size > 5 || cells.size() != size * size) {
      throw new IllegalArgumentException(
          "a board of " + size + " x " + size + " places cannot have " + cells.size() + " cells");
    }
    for (int cell : cells) {
      if (cell < 0 || cell > GREATEST) {
        throw new IllegalArgumentException("a cell is 0 to " + GREATEST + ", not " + cell);
      }
    }
  }

  /** The number at a place, counted from 0. */
  public int at(int row, int column) {
    return cells.get(row * size + column);
  }
}
