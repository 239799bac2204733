package dev.sightline.puzzle.kiwi;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.OptionalInt;

/** Minutes by breadth-first search from all rotten fruits at once. */
final class KiwiSolver {
  private static final int[][] STEPS = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};

  private KiwiSolver() {}

  /** The minutes, 0 where nothing is fresh; empty where a fresh fruit is never reached. */
  static OptionalInt minutes(KiwiScene scene) {
    int[] minute = new int[scene.rows() * scene.columns()];
    Arrays.fill(minute, -1);
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    for (int i = 0; i < minute.length; i++) {
      if (scene.cells().charAt(i) == KiwiScene.ROTTEN) {
        minute[i] = 0;
        queue.add(i);
      }
    }
    int last = 0;
    int reached = 0;
    while (!queue.isEmpty()) {
      int at = queue.remove();
      for (int[] step : STEPS) {
        int row = at / scene.columns() + step[0];
        int column = at % scene.columns() + step[1];
        if (row < 0 || row >= scene.rows() || column < 0 || column >= scene.columns()) {
          continue;
        }
        int next = row * scene.columns() + column;
        if (minute[next] < 0 && scene.at(row, column) == KiwiScene.FRESH) {
          minute[next] = minute[at] + 1;
          last = minute[next];
          reached++;
          queue.add(next);
        }
      }
    }
    return reached == scene.count(KiwiScene.FRESH) ? OptionalInt.of(last) : OptionalInt.empty();
  }
}
