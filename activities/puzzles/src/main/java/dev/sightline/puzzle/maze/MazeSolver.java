package dev.sightline.puzzle.maze;

import dev.sightline.puzzle.Question;
import java.util.Arrays;
import java.util.Optional;

/**
 * Breadth-first distances from the exit, then from the entry the least turns by cell and heading
 * along cells that come nearer with every step.
 */
final class MazeSolver {
  /** Up, right, down, left: the next one is a right turn. */
  private static final int[] ROW_STEPS = {-1, 0, 1, 0};

  private static final int[] COLUMN_STEPS = {0, 1, 0, -1};
  private static final int FAR = Integer.MAX_VALUE;

  private MazeSolver() {}

  /**
   * The shortest paths with the fewest turns.
   *
   * @param cells visited, both ends included
   * @param leastLeft left turns of the path with the fewest left turns
   * @param mostLeft of the one with the most
   */
  record Route(int cells, int turns, int leastLeft, int mostLeft) {}

  static Optional<String> answer(MazeScene scene, Question question) {
    return route(scene).flatMap(route -> read(route, MazeKind.of(question.kind())));
  }

  private static Optional<String> read(Route route, MazeKind kind) {
    boolean one = route.leastLeft() == route.mostLeft();
    return switch (kind) {
      case CELLS -> Optional.of(Integer.toString(route.cells()));
      case TURNS -> Optional.of(Integer.toString(route.turns()));
      case LEFT_TURNS -> one ? Optional.of(Integer.toString(route.mostLeft())) : Optional.empty();
      case RIGHT_TURNS ->
          one ? Optional.of(Integer.toString(route.turns() - route.mostLeft())) : Optional.empty();
    };
  }

  /** Empty without exactly one entry, one exit and a path between them. */
  static Optional<Route> route(MazeScene scene) {
    if (!twoEnds(scene)) {
      return Optional.empty();
    }
    int start = scene.cells().indexOf(MazeScene.ENTRY);
    int end = scene.cells().indexOf(MazeScene.EXIT);
    int[] far = distances(scene, end);
    return far[start] == FAR ? Optional.empty() : Optional.of(walk(scene, start, end, far));
  }

  /** Cells of the shortest paths, both ends included; 0 where {@link #route} is empty. */
  static int cells(MazeScene scene) {
    if (!twoEnds(scene)) {
      return 0;
    }
    int[] far = distances(scene, scene.cells().indexOf(MazeScene.EXIT));
    int steps = far[scene.cells().indexOf(MazeScene.ENTRY)];
    return steps == FAR ? 0 : steps + 1;
  }

  private static boolean twoEnds(MazeScene scene) {
    String cells = scene.cells();
    int start = cells.indexOf(MazeScene.ENTRY);
    int end = cells.indexOf(MazeScene.EXIT);
    return start >= 0
        && end >= 0
        && cells.lastIndexOf(MazeScene.ENTRY) == start
        && cells.lastIndexOf(MazeScene.EXIT) == end;
  }

  /** Steps from every cell to the given one. */
  static int[] distances(MazeScene scene, int from) {
    String cells = scene.cells();
    int columns = scene.columns();
    int[] far = new int[cells.length()];
    Arrays.fill(far, FAR);
    int[] queue = new int[far.length];
    queue[0] = from;
    far[from] = 0;
    int known = 1;
    for (int next = 0; next < known; next++) {
      int cell = queue[next];
      int column = cell % columns;
      for (int heading = 0; heading < 4; heading++) {
        int across = column + COLUMN_STEPS[heading];
        int to = cell + ROW_STEPS[heading] * columns + COLUMN_STEPS[heading];
        if (across >= 0
            && across < columns
            && to >= 0
            && to < far.length
            && far[to] == FAR
            && cells.charAt(to) != MazeScene.WALL) {
          far[to] = far[cell] + 1;
          queue[known++] = to;
        }
      }
    }
    return far;
  }

  /** The open cell beside a cell, or -1. */
  static int step(MazeScene scene, int cell, int heading) {
    int row = cell / scene.columns() + ROW_STEPS[heading];
    int column = cell % scene.columns() + COLUMN_STEPS[heading];
    if (row < 0 || column < 0 || row >= scene.rows() || column >= scene.columns()) {
      return -1;
    }
    return scene.at(row, column) == MazeScene.WALL ? -1 : row * scene.columns() + column;
  }

  private static Route walk(MazeScene scene, int start, int end, int[] far) {
    int[] turns = new int[4 * far.length];
    int[] least = new int[4 * far.length];
    int[] most = new int[4 * far.length];
    Arrays.fill(turns, FAR);
    boolean[] queued = new boolean[far.length];
    int[] queue = new int[far.length];
    queue[0] = start;
    int known = 1;
    for (int next = 0; next < known; next++) {
      int cell = queue[next];
      for (int heading = 0; heading < 4; heading++) {
        int to = step(scene, cell, heading);
        if (to < 0 || far[to] != far[cell] - 1) {
          continue;
        }
        if (!queued[to]) {
          queued[to] = true;
          queue[known++] = to;
        }
        int state = 4 * to + heading;
        if (cell == start) {
          turns[state] = 0;
          continue;
        }
        for (int before = 0; before < 4; before++) {
          int from = 4 * cell + before;
          if (turns[from] == FAR) {
            continue;
          }
          int left = heading == (before + 3) % 4 ? 1 : 0;
          int total = turns[from] + (heading == before ? 0 : 1);
          if (total < turns[state]) {
            turns[state] = total;
            least[state] = least[from] + left;
            most[state] = most[from] + left;
          } else if (total == turns[state]) {
            least[state] = Math.min(least[state], least[from] + left);
            most[state] = Math.max(most[state], most[from] + left);
          }
        }
      }
    }
    int best = FAR;
    int fewest = 0;
    int greatest = 0;
    for (int heading = 0; heading < 4; heading++) {
      int state = 4 * end + heading;
      if (turns[state] < best) {
        best = turns[state];
        fewest = least[state];
        greatest = most[state];
      } else if (turns[state] == best && best != FAR) {
        fewest = Math.min(fewest, least[state]);
        greatest = Math.max(greatest, most[state]);
      }
    }
    return new Route(far[start] + 1, best, fewest, greatest);
  }
}
