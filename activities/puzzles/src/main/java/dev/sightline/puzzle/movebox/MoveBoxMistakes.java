package dev.sightline.puzzle.movebox;

import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.List;

/** What solving wrongly gives. */
final class MoveBoxMistakes {
  private MoveBoxMistakes() {}

  static List<WrongAnswer> of(MoveBoxScene scene) {
    List<WrongAnswer> wrong = new ArrayList<>();
    List<Integer> boxes = places(scene, 'B');
    List<Integer> targets = places(scene, 'T');
    List<Integer> people = places(scene, 'P');
    int straight = 0;
    int around = 0;
    int assigned = Math.min(boxes.size(), targets.size());
    if (assigned == 2) {
      straight =
          Math.min(
              apart(scene, boxes.get(0), targets.get(0))
                  + apart(scene, boxes.get(1), targets.get(1)),
              apart(scene, boxes.get(0), targets.get(1))
                  + apart(scene, boxes.get(1), targets.get(0)));
      around =
          Math.min(
              path(scene, boxes.get(0), targets.get(0)) + path(scene, boxes.get(1), targets.get(1)),
              path(scene, boxes.get(0), targets.get(1))
                  + path(scene, boxes.get(1), targets.get(0)));
    } else if (assigned == 1) {
      straight = apart(scene, boxes.getFirst(), targets.getFirst());
      around = path(scene, boxes.getFirst(), targets.getFirst());
    }
    int pushes = MoveBoxSolver.solve(scene).map(MoveBoxSolver.Solution::pushes).orElse(straight);
    add(wrong, "off-by-one-up", pushes + 1);
    add(wrong, "off-by-one-down", pushes - 1);
    add(wrong, "two-more", pushes + 2);
    add(wrong, "straight-through-walls", straight);
    add(wrong, "no-room-needed-to-push", around);
    if (!people.isEmpty() && assigned > 0) {
      int walk = Math.max(0, apart(scene, people.getFirst(), boxes.getFirst()) - 1);
      add(wrong, "counts-the-walk-to-the-box", pushes + walk);
      add(
          wrong,
          "the-person-walks-to-the-flag",
          path(scene, people.getFirst(), targets.getFirst()));
    }
    if (assigned == 2) {
      add(wrong, "one-box-only", Math.max(1, around / 2));
    }
    return wrong;
  }

  private static void add(List<WrongAnswer> wrong, String procedure, int pushes) {
    wrong.add(new WrongAnswer(procedure, Integer.toString(Math.max(1, pushes))));
  }

  private static List<Integer> places(MoveBoxScene scene, char thing) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < scene.cells().length(); i++) {
      if (scene.cells().charAt(i) == thing) {
        places.add(i);
      }
    }
    return places;
  }

  private static int apart(MoveBoxScene scene, int one, int other) {
    return Math.abs(one / scene.columns() - other / scene.columns())
        + Math.abs(one % scene.columns() - other % scene.columns());
  }

  /** Cells on the way around walls, whoever may stand there; the straight way where none is. */
  private static int path(MoveBoxScene scene, int from, int to) {
    Floor floor = Floor.of(scene);
    long reached = 1L << from;
    for (int length = 0; length < 64; length++) {
      if ((reached >>> to & 1) != 0) {
        return length;
      }
      long next = reached;
      for (int direction = 0; direction < 4; direction++) {
        next |= floor.step(reached, direction) & floor.open();
      }
      reached = next;
    }
    return apart(scene, from, to);
  }
}
