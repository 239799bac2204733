package dev.sightline.puzzle.checkermove;

/** Rows of squares as numbers of two bits a square, the leftmost lowest, and their moves. */
final class CheckerRow {
  static final int EMPTY = 0;
  static final int GREEN = 1;
  static final int RED = 2;

  private CheckerRow() {}

  static long of(String row) {
    long squares = 0;
    for (int i = 0; i < row.length(); i++) {
      long square =
          switch (row.charAt(i)) {
            case 'G' -> GREEN;
            case 'R' -> RED;
            default -> EMPTY;
          };
      squares |= square << (2 * i);
    }
    return squares;
  }

  static String text(long row, int length) {
    char[] squares = new char[length];
    for (int i = 0; i < length; i++) {
      squares[i] = "_GR".charAt(at(row, i));
    }
    return new String(squares);
  }

  static int at(long row, int square) {
    return (int) (row >>> (2 * square)) & 3;
  }

  /**
   * Fills {@code out} with the rows that one move gives: green goes right and red left, to the next
   * square, or over one checker of the other colour.
   *
   * @return how many there are
   */
  static int moves(long row, int length, long[] out) {
    int count = 0;
    for (int square = 0; square < length; square++) {
      int checker = at(row, square);
      if (checker == EMPTY) {
        continue;
      }
      int step = checker == GREEN ? 1 : -1;
      int next = square + step;
      if (next < 0 || next >= length) {
        continue;
      }
      int over = next + step;
      if (at(row, next) == EMPTY) {
        out[count++] = moved(row, square, next, checker);
      } else if (at(row, next) != checker && over >= 0 && over < length && at(row, over) == EMPTY) {
        out[count++] = moved(row, square, over, checker);
      }
    }
    return count;
  }

  private static long moved(long row, int from, int to, int checker) {
    return row & ~((long) checker << (2 * from)) | (long) checker << (2 * to);
  }
}
