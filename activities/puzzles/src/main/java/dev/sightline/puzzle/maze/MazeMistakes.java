package dev.sightline.puzzle.maze;

import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What wrong procedures answer. */
final class MazeMistakes {
  private MazeMistakes() {}

  static List<WrongAnswer> of(MazeScene scene, Question question) {
    List<WrongAnswer> wrong = new ArrayList<>();
    MazeSolver.route(scene)
        .ifPresent(
            route -> {
              Follower follower = new Follower(scene);
              if (MazeKind.of(question.kind()) == MazeKind.CELLS) {
                cells(scene, route, follower, wrong);
              } else {
                turns(MazeKind.of(question.kind()), route, follower, wrong);
              }
            });
    return wrong;
  }

  private static void cells(
      MazeScene scene, MazeSolver.Route route, Follower follower, List<WrongAnswer> wrong) {
    int cells = route.cells();
    say(wrong, "steps-instead-of-cells", cells - 1);
    say(wrong, "ends-not-counted", cells - 2);
    say(wrong, "off-by-one-up", cells + 1);
    say(wrong, "one-corridor-more", cells + 2);
    say(wrong, "hand-on-the-right-wall", follower.visited.size());
    say(wrong, "walls-ignored", straight(scene) + 1);
    say(wrong, "every-other-cell", (cells + 1) / 2);
  }

  private static void turns(
      MazeKind kind, MazeSolver.Route route, Follower follower, List<WrongAnswer> wrong) {
    int left = route.mostLeft();
    int right = route.turns() - left;
    int asked =
        switch (kind) {
          case LEFT_TURNS -> left;
          case RIGHT_TURNS -> right;
          case TURNS, CELLS -> route.turns();
        };
    say(wrong, "off-by-one-up", asked + 1);
    say(wrong, "off-by-one-down", Math.max(0, asked - 1));
    switch (kind) {
      case LEFT_TURNS -> {
        say(wrong, "wrong-side", right);
        say(wrong, "both-sides", route.turns());
        say(wrong, "hand-on-the-right-wall", follower.left);
      }
      case RIGHT_TURNS -> {
        say(wrong, "wrong-side", left);
        say(wrong, "both-sides", route.turns());
        say(wrong, "hand-on-the-right-wall", follower.right);
      }
      case TURNS, CELLS -> {
        say(wrong, "left-only", left);
        say(wrong, "right-only", right);
        say(wrong, "hand-on-the-right-wall", follower.left + follower.right);
      }
    }
    say(wrong, "first-and-last-turn-missed", Math.max(0, asked - 2));
    say(wrong, "ends-counted-as-turns", asked + 2);
    say(wrong, "straight-pieces-instead-of-turns", route.turns() + 1);
  }

  private static void say(List<WrongAnswer> wrong, String procedure, int answer) {
    wrong.add(new WrongAnswer(procedure, Integer.toString(answer)));
  }

  private static int straight(MazeScene scene) {
    int start = scene.cells().indexOf(MazeScene.ENTRY);
    int end = scene.cells().indexOf(MazeScene.EXIT);
    return Math.abs(start / scene.columns() - end / scene.columns())
        + Math.abs(start % scene.columns() - end % scene.columns());
  }

  /** Walks with the right hand on the wall until the exit comes, or for a long time. */
  private static final class Follower {
    private final Set<Integer> visited = new HashSet<>();
    private int left;
    private int right;

    Follower(MazeScene scene) {
      int cell = scene.cells().indexOf(MazeScene.ENTRY);
      int end = scene.cells().indexOf(MazeScene.EXIT);
      visited.add(cell);
      int heading = -1;
      for (int i = 0; i < 4 * scene.cells().length() && cell != end; i++) {
        int chosen = -1;
        for (int turn : new int[] {1, 0, 3, 2}) {
          int way = heading < 0 ? turn : (heading + turn) % 4;
          if (chosen < 0 && MazeSolver.step(scene, cell, way) >= 0) {
            chosen = way;
          }
        }
        if (chosen < 0) {
          return;
        }
        if (heading >= 0) {
          right += chosen == (heading + 1) % 4 ? 1 : 0;
          left += chosen == (heading + 3) % 4 ? 1 : 0;
        }
        heading = chosen;
        cell = MazeSolver.step(scene, cell, heading);
        visited.add(cell);
      }
    }
  }
}
