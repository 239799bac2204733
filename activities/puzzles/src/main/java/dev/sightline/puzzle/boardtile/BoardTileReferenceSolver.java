package dev.sightline.puzzle.boardtile;

import dev.sightline.puzzle.Question;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Dominoes by dynamic programming along a broken profile: square after square, the state says which
 * of the next squares of one row are already taken, the value is the greatest number of dominoes so
 * far. No matching, no colours.
 */
final class BoardTileReferenceSolver {
  private static final int IMPOSSIBLE = Integer.MIN_VALUE;

  private BoardTileReferenceSolver() {}

  static Optional<String> answer(BoardTileScene scene, Question question) {
    boolean[][] open = narrow(scene.lines());
    int most = most(open);
    if (question.kind().equals("most")) {
      return Optional.of(String.valueOf(most));
    }
    if (!question.kind().equals("tileable")) {
      return Optional.empty();
    }
    int squares = 0;
    for (boolean[] line : open) {
      for (boolean square : line) {
        squares += square ? 1 : 0;
      }
    }
    return Optional.of(most + most == squares ? "Yes" : "No");
  }

  /** The board with its shorter side across, so that there are few states. */
  private static boolean[][] narrow(List<String> lines) {
    int height = lines.size();
    int width = lines.getFirst().length();
    boolean turn = width > height;
    boolean[][] open = new boolean[turn ? width : height][turn ? height : width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean free = lines.get(y).charAt(x) == '.';
        if (turn) {
          open[x][y] = free;
        } else {
          open[y][x] = free;
        }
      }
    }
    return open;
  }

  private static int most(boolean[][] open) {
    int width = open[0].length;
    int states = 1 << width;
    int[] best = new int[states];
    Arrays.fill(best, IMPOSSIBLE);
    best[0] = 0;
    for (int y = 0; y < open.length; y++) {
      for (int x = 0; x < width; x++) {
        int[] next = new int[states];
        Arrays.fill(next, IMPOSSIBLE);
        int bit = 1 << x;
        // A bit at or right of x is a square of this row, left of x one of the row below.
        for (int taken = 0; taken < states; taken++) {
          int value = best[taken];
          if (value == IMPOSSIBLE) {
            continue;
          }
          int rest = taken & ~bit;
          next[rest] = Math.max(next[rest], value);
          if ((taken & bit) != 0 || !open[y][x]) {
            continue;
          }
          if (x + 1 < width && open[y][x + 1] && (taken & bit << 1) == 0) {
            int across = taken | bit << 1;
            next[across] = Math.max(next[across], value + 1);
          }
          if (y + 1 < open.length && open[y + 1][x]) {
            int along = taken | bit;
            next[along] = Math.max(next[along], value + 1);
          }
        }
        best = next;
      }
    }
    int most = 0;
    for (int value : best) {
      most = Math.max(most, value);
    }
    return most;
  }
}
