package dev.sightline.puzzle.checkermove;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Plays forward, depth first, and never onto a row from which the end is out of reach. The first
 * way found will do, because all are equally long: checkers of one colour keep their order, so each
 * has its own way to go, and every pair of colours that changes sides saves one square by a jump.
 */
final class CheckerSolver {
  /**
   * @param moves of every way
   * @param searched rows that the search saw, dead ends too
   */
  record Solution(int moves, int searched) {}

  private final int length;
  private final long end;
  private final Set<Long> seen = new HashSet<>();

  private CheckerSolver(int length, long end) {
    this.length = length;
    this.end = end;
  }

  /** Empty where the end cannot be reached. */
  static Optional<Solution> solve(CheckerScene scene) {
    CheckerSolver solver = new CheckerSolver(scene.squares(), CheckerRow.of(scene.end()));
    long start = CheckerRow.of(scene.start());
    int moves = mayReach(start, solver.end, scene.squares()) ? solver.play(start, 0) : -1;
    return moves < 0 ? Optional.empty() : Optional.of(new Solution(moves, solver.seen.size() + 1));
  }

  /** How many moves the end is away from the start by the first way found, or -1 for none. */
  private int play(long row, int played) {
    if (row == end) {
      return played;
    }
    long[] next = new long[length];
    int count = CheckerRow.moves(row, length, next);
    for (int i = 0; i < count; i++) {
      if (mayReach(next[i], end, length) && seen.add(next[i])) {
        int moves = play(next[i], played + 1);
        if (moves >= 0) {
          return moves;
        }
      }
    }
    return -1;
  }

  /** Green never goes left and red never right: no beginning of the row may ask for that. */
  private static boolean mayReach(long row, long end, int length) {
    int green = 0;
    int red = 0;
    for (int square = 0; square < length; square++) {
      int here = CheckerRow.at(row, square);
      int there = CheckerRow.at(end, square);
      green += (here == CheckerRow.GREEN ? 1 : 0) - (there == CheckerRow.GREEN ? 1 : 0);
      red += (here == CheckerRow.RED ? 1 : 0) - (there == CheckerRow.RED ? 1 : 0);
      if (green < 0 || red > 0) {
        return false;
      }
    }
    return green == 0 && red == 0;
  }
}
