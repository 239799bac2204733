package dev.sightline.puzzle.woodslide;

import dev.sightline.puzzle.Scene;

/**
 * Two boards of 5 rows and 4 columns. A letter names the shape of the block on a cell, so that
 * blocks of one shape have no names of their own: '.' empty, 'S' one cell, 'H' two beside each
 * other, 'V' two above each other, 'B' two by two. The first cell of a shape in reading order is
 * always the upper left of a block, so that the letters tell the blocks.
 *
 * @param start 20 letters, row by row
 * @param end the same for the position to reach
 */
public record WoodSlideScene(String start, String end) implements Scene {
  static final int ROWS = 5;
  static final int COLUMNS = 4;
  static final String LETTERS = ".SHVB";

  public WoodSlideScene {
    check(start);
    check(end);
  }

  private static void check(String board) {
    if (board.length() != ROWS * COLUMNS) {
      throw new IllegalArgumentException("a board has 5 rows of 4 cells, not '" + board + "'");
    }
    for (int i = 0; i < board.length(); i++) {
      if (LETTERS.indexOf(board.charAt(i)) < 0) {
        throw new IllegalArgumentException(
            "a cell is one of " + LETTERS + ", not '" + board.charAt(i) + "'");
      }
    }
  }
}
