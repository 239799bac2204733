package dev.sightline.puzzle.kiwi;

import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What plausible mistakes answer. */
final class KiwiMistakes {
  private KiwiMistakes() {}

  static List<WrongAnswer> of(KiwiScene scene) {
    List<WrongAnswer> wrong = new ArrayList<>();
    KiwiSolver.minutes(scene)
        .ifPresent(
            minutes -> {
              add(wrong, "counts-the-start", minutes + 1);
              add(wrong, "leaves-out-the-last", minutes - 1);
            });
    add(wrong, "spreads-diagonally", spread(scene, true, scene.cells().indexOf('R'), false));
    add(wrong, "jumps-over-gaps", straight(scene));
    add(
        wrong,
        "follows-one-rotten-kiwi",
        spread(scene, false, scene.cells().indexOf(KiwiScene.ROTTEN), true));
    add(wrong, "starts-from-the-last-fruit", spread(scene, false, lastFruit(scene), true));
    add(wrong, "counts-fresh", scene.count(KiwiScene.FRESH));
    return List.copyOf(wrong);
  }

  private static void add(List<WrongAnswer> wrong, String procedure, int minutes) {
    if (minutes > 0) {
      wrong.add(new WrongAnswer(procedure, Integer.toString(minutes)));
    }
  }

  private static int lastFruit(KiwiScene scene) {
    return Math.max(
        scene.cells().lastIndexOf(KiwiScene.FRESH), scene.cells().lastIndexOf(KiwiScene.ROTTEN));
  }

  /** Minutes until the rot stands still, from one fruit only or from all rotten ones. */
  private static int spread(KiwiScene scene, boolean diagonally, int start, boolean onlyStart) {
    int[] minute = new int[scene.cells().length()];
    Arrays.fill(minute, -1);
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    for (int i = 0; i < minute.length; i++) {
      if (onlyStart ? i == start : scene.cells().charAt(i) == KiwiScene.ROTTEN) {
        minute[i] = 0;
        queue.add(i);
      }
    }
    int last = 0;
    while (!queue.isEmpty()) {
      int at = queue.remove();
      last = minute[at];
      for (int down = -1; down <= 1; down++) {
        for (int right = -1; right <= 1; right++) {
          int row = at / scene.columns() + down;
          int column = at % scene.columns() + right;
          boolean inside =
              row >= 0 && row < scene.rows() && column >= 0 && column < scene.columns();
          if (!inside || (!diagonally && down != 0 && right != 0)) {
            continue;
          }
          int next = row * scene.columns() + column;
          if (minute[next] < 0 && scene.cells().charAt(next) != KiwiScene.EMPTY) {
            minute[next] = last + 1;
            queue.add(next);
          }
        }
      }
    }
    return last;
  }

  /** The longest way from a fresh fruit to its nearest rotten one, across empty cells too. */
  private static int straight(KiwiScene scene) {
    int longest = 0;
    for (int i = 0; i < scene.cells().length(); i++) {
      if (scene.cells().charAt(i) != KiwiScene.FRESH) {
        continue;
      }
      int nearest = Integer.MAX_VALUE;
      for (int j = 0; j < scene.cells().length(); j++) {
        if (scene.cells().charAt(j) == KiwiScene.ROTTEN) {
          nearest =
              Math.min(
                  nearest,
                  Math.abs(i / scene.columns() - j / scene.columns())
                      + Math.abs(i % scene.columns() - j % scene.columns()));
        }
      }
      longest = nearest == Integer.MAX_VALUE ? longest : Math.max(longest, nearest);
    }
    return longest;
  }
}
