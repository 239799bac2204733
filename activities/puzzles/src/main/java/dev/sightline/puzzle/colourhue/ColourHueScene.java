package dev.sightline.puzzle.colourhue;

import dev.sightline.puzzle.Scene;
import java.util.List;

/**
 * A board in disorder beside the board in order.
 *
 * @param tiles for each place of the board in disorder, row by row, the place where its tile
 *     belongs (0 to rows x columns - 1); a described board may show a tile twice
 */
public record ColourHueScene(int rows, int columns, List<Integer> tiles) implements Scene {
  /** The longest side. */
  public static final int LONGEST = 6;

  public ColourHueScene {
    if (rows < 1 || columns < 1 || rows > LONGEST || columns > LONGEST) {
      throw new IllegalArgumentException(
          "a board has 1 to %d rows and columns, not %d x %d".formatted(LONGEST, rows, columns));
    }
    if (tiles.size() != rows * columns) {
      throw new IllegalArgumentException(
          "a board of %d x %d does not have %d tiles".formatted(rows, columns, tiles.size()));
    }
    for (int tile : tiles) {
      if (tile < 0 || tile >= rows * columns) {
        throw new IllegalArgumentException("no tile " + tile + " on this board");
      }
    }
    tiles = List.copyOf(tiles);
  }
}
