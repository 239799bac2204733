package dev.sightline.puzzle.movebox;

/**
 * The free cells of a warehouse as bits, row by row.
 *
 * @param open cells without a wall
 */
record Floor(int rows, int columns, long open) {
  static Floor of(MoveBoxScene scene) {
    return new Floor(
        scene.rows(), scene.columns(), ~bits(scene, '#') & all(scene.cells().length()));
  }

  private static long all(int cells) {
    return cells == 64 ? -1L : (1L << cells) - 1;
  }

  static long bits(MoveBoxScene scene, char thing) {
    long bits = 0;
    for (int i = 0; i < scene.cells().length(); i++) {
      bits |= scene.cells().charAt(i) == thing ? 1L << i : 0;
    }
    return bits;
  }

  /** The cells to which somebody on the start cells can walk past the boxes. */
  long region(long start, long boxes) {
    long free = open & ~boxes;
    long reached = start & free;
    long before = 0;
    while (before != reached) {
      before = reached;
      reached |= (step(reached, 0) | step(reached, 1) | step(reached, 2) | step(reached, 3)) & free;
    }
    return reached;
  }

  /** The cells moved one up (0), down (1), left (2) or right (3); what leaves the board is gone. */
  long step(long cells, int direction) {
    return switch (direction) {
      case 0 -> cells >>> columns;
      case 1 -> cells << columns & all(rows * columns);
      case 2 -> (cells & ~column(0)) >>> 1;
      default -> (cells & ~column(columns - 1)) << 1;
    };
  }

  private long column(int column) {
    long bits = 0;
    for (int row = 0; row < rows; row++) {
      bits |= 1L << (row * columns + column);
    }
    return bits;
  }
}
