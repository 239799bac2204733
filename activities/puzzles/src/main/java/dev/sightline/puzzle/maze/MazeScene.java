package dev.sightline.puzzle.maze;

import dev.sightline.puzzle.Scene;

/**
 * A maze of square cells.
 *
 * @param cells row by row: '#' wall, '.' open, 'S' the entry cell, 'E' the exit cell; a legal maze
 *     has one entry and one exit, both on the border and no corners
 */
public record MazeScene(int rows, int columns, String cells) implements Scene {
  static final char WALL = '#';
  static final char OPEN = '.';
  static final char ENTRY = 'S';
  static final char EXIT = 'E';
  static final String LETTERS = "#.SE";

  /** Most cells a side. */
  static final int LARGEST = 60;

  public MazeScene {
    if (Math.min(rows, columns) < 3
        || Math.max(rows, columns) > LARGEST
        || cells.length() != rows * columns) {
      throw new IllegalArgumentException(
          "a maze of %d x %d cells, 3 to %d each way, cannot have %d cells"
              .formatted(rows, columns, LARGEST, cells.length()));
    }
    for (int i = 0; i < cells.length(); i++) {
      if (LETTERS.indexOf(cells.charAt(i)) < 0) {
        throw new IllegalArgumentException(
            "a cell is one of " + LETTERS + ", not '" + cells.charAt(i) + "'");
      }
    }
  }

  public char at(int row, int column) {
    return cells.charAt(row * columns + column);
  }
}
