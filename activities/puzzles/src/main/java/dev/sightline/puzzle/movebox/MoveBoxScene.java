package dev.sightline.puzzle.movebox;

import dev.sightline.puzzle.Scene;

/**
 * The inside of a walled warehouse. No thing stands on another.
 *
 * @param cells one character a cell, row by row: '#' wall, '.' floor, 'B' box, 'T' target, 'P'
 *     person
 */
record MoveBoxScene(int rows, int columns, String cells) implements Scene {
  static final int LARGEST = 8;

  MoveBoxScene {
    if (rows < 1
        || columns < 1
        || rows > LARGEST
        || columns > LARGEST
        || cells.length() != rows * columns
        || !cells.chars().allMatch(cell -> "#.BTP".indexOf(cell) >= 0)) {
      throw new IllegalArgumentException(
          "a warehouse of %d x %d (at most %d each way) cannot have the cells '%s'"
              .formatted(rows, columns, LARGEST, cells));
    }
  }

  char at(int row, int column) {
    return cells.charAt(row * columns + column);
  }
}
