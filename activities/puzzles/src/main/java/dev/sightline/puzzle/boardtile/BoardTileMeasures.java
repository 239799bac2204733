package dev.sightline.puzzle.boardtile;

/**
 * What there is to count on a board.
 *
 * @param left squares
 * @param holes squares cut out
 * @param difference light squares left less dark ones; the upper left square is light
 * @param uncovered squares that the best covering leaves bare
 */
record BoardTileMeasures(int left, int holes, int difference, int uncovered) {
  /** What it adds to the effort that counting colours proves nothing. */
  private static final int SEARCH = 12;

  private static final int HOLE = 4;

  static BoardTileMeasures of(BoardTileScene scene) {
    int left = 0;
    int difference = 0;
    for (int row = 0; row < scene.rows(); row++) {
      for (int column = 0; column < scene.columns(); column++) {
        if (scene.left(row, column)) {
          left++;
          difference += (row + column) % 2 == 0 ? 1 : -1;
        }
      }
    }
    return new BoardTileMeasures(
        left,
        scene.rows() * scene.columns() - left,
        difference,
        left - 2 * BoardTileSolver.dominoes(scene));
  }

  /**
   * Squares to count, holes to mind, and a search where colours do not decide: with one or two
   * holes they always do, with more only if they differ and the question is whether.
   */
  int effort(boolean most) {
    return effort(left, holes, holes > 2 && (most || difference == 0));
  }

  static int effort(int left, int holes, boolean search) {
    return left + HOLE * holes + (search ? SEARCH : 0);
  }
}
