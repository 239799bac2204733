package dev.sightline.puzzle.kiwi;

import dev.sightline.puzzle.Scene;

/**
 * A board of kiwis.
 *
 * @param cells one character a cell, row by row: '-' empty, 'F' fresh, 'R' rotten
 */
public record KiwiScene(int rows, int columns, String cells) implements Scene {
  static final char EMPTY = '-';
  static final char FRESH = 'F';
  static final char ROTTEN = 'R';

  public KiwiScene {
    if (rows < 1 || columns < 1 || rows * columns > 64 || cells.length() != rows * columns) {
      throw new IllegalArgumentException(
          "a board of " + rows + " x " + columns + " cannot have the cells '" + cells + "'");
    }
    for (int i = 0; i < cells.length(); i++) {
      char cell = cells.charAt(i);
      if (cell != EMPTY && cell != FRESH && cell != ROTTEN) {
        throw new IllegalArgumentException("a cell is '-', 'F' or 'R', not '" + cell + "'");
      }
    }
  }

  public char at(int row, int column) {
    return cells.charAt(row * columns + column);
  }

  int count(char kind) {
    int count = 0;
    for (int i = 0; i < cells.length(); i++) {
      if (cells.charAt(i) == kind) {
        count++;
      }
    }
    return count;
  }
}
