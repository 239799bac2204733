package dev.sightline.puzzle.checkermove;

import dev.sightline.puzzle.Selection.Range;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws a row and plays a number of moves at random, going back where play is stuck. All ways from
 * one row to another have the same length (squares gone less pairs that change sides), so the end
 * is exactly so many moves away.
 */
final class CheckerGenerator {
  private static final int BUDGET = 4000;

  private final int length;
  private final SplittableRandom random;
  private final Set<Long> stuck = new HashSet<>();
  private int visits;

  private CheckerGenerator(int length, SplittableRandom random) {
    this.length = length;
    this.random = random;
  }

  /** No more moves than this are possible. */
  static int mostMoves(int length, int empty) {
    int checkers = length - empty;
    int green = checkers / 2;
    int red = checkers - green;
    return green * (length - green) + red * (length - red) - green * red;
  }

  /** Empty where play came to its end too soon. */
  static Optional<CheckerScene> draw(int length, int empty, Range moves, SplittableRandom random) {
    int most = Math.min(moves.greatest(), mostMoves(length, empty));
    if (moves.least() > most) {
      return Optional.empty();
    }
    int wanted = random.nextInt(moves.least(), most + 1);
    long start = start(length, empty, wanted, random);
    CheckerGenerator play = new CheckerGenerator(length, random);
    long end = play.play(start, wanted);
    return end < 0
        ? Optional.empty()
        : Optional.of(
            new CheckerScene(CheckerRow.text(start, length), CheckerRow.text(end, length)));
  }

  /**
   * Green left of red with the empty squares anywhere, then some neighbours exchanged: a row in any
   * order mostly has no long play. Every row can come where short plays are wanted.
   */
  private static long start(int length, int empty, int wanted, SplittableRandom random) {
    int checkers = length - empty;
    boolean far = wanted > length;
    int least = far ? Math.max(1, checkers / 3) : 1;
    int green = random.nextInt(least, checkers - least + 1);
    char[] row = new char[length];
    Arrays.fill(row, '.');
    for (int i = 0; i < empty; i++) {
      int square = random.nextInt(length);
      while (row[square] == '_') {
        square = random.nextInt(length);
      }
      row[square] = '_';
    }
    int placed = 0;
    for (int i = 0; i < length; i++) {
      if (row[i] == '.') {
        row[i] = placed++ < green ? 'G' : 'R';
      }
    }
    int exchanges = random.nextInt(far ? 3 : 2 * length);
    for (int i = 0; i < exchanges; i++) {
      int square = random.nextInt(length - 1);
      char other = row[square];
      row[square] = row[square + 1];
      row[square + 1] = other;
    }
    return CheckerRow.of(new String(row));
  }

  /** The row after so many more moves, or -1 where there is no way. */
  private long play(long row, int left) {
    if (left == 0) {
      return row;
    }
    if (++visits > BUDGET) {
      return -1;
    }
    long[] next = new long[length];
    int count = CheckerRow.moves(row, length, next);
    while (count > 0) {
      int chosen = random.nextInt(count);
      long moved = next[chosen];
      next[chosen] = next[--count];
      if (!stuck.contains(moved)) {
        long end = play(moved, left - 1);
        if (end >= 0) {
          return end;
        }
        stuck.add(moved);
      }
    }
    return -1;
  }
}
