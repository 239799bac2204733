package dev.sightline.puzzle.maze;

import dev.sightline.puzzle.Question;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Optional;

/**
 * Fills dead ends, then corrects labels of (cell, direction) until none gets better; a label is
 * steps, turns and left turns in one number. Two passes prefer few and many left turns.
 */
final class MazeReferenceSolver {
  private static final long STEP = 100_000_000L;
  private static final long TURN = 10_000L;
  private static final long NONE = Long.MAX_VALUE;

  private final boolean[][] open;
  private int startRow = -1;
  private int startColumn = -1;
  private int endRow = -1;
  private int endColumn = -1;
  private int ends;

  private MazeReferenceSolver(MazeScene scene) {
    open = new boolean[scene.rows() + 2][scene.columns() + 2];
    for (int r = 1; r <= scene.rows(); r++) {
      for (int c = 1; c <= scene.columns(); c++) {
        char cell = scene.cells().charAt((r - 1) * scene.columns() + c - 1);
        open[r][c] = cell != '#';
        if (cell == 'S') {
          startRow = r;
          startColumn = c;
          ends++;
        } else if (cell == 'E') {
          endRow = r;
          endColumn = c;
          ends++;
        }
      }
    }
  }

  static Optional<String> answer(MazeScene scene, Question question) {
    MazeReferenceSolver solver = new MazeReferenceSolver(scene);
    if (solver.ends != 2 || solver.startRow < 0 || solver.endRow < 0) {
      return Optional.empty();
    }
    solver.fillDeadEnds();
    long few = solver.best(1);
    long many = solver.best(-1);
    if (few == NONE) {
      return Optional.empty();
    }
    // The label of the second pass is short of whole turns by the left turns.
    long steps = few / STEP;
    long turns = few % STEP / TURN;
    long fewest = few % TURN;
    long greatest = steps * STEP + turns * TURN - many;
    return switch (question.kind()) {
      case "cells" -> Optional.of(Long.toString(steps + 1));
      case "turns" -> Optional.of(Long.toString(turns));
      case "left-turns" ->
          fewest == greatest ? Optional.of(Long.toString(fewest)) : Optional.empty();
      case "right-turns" ->
          fewest == greatest ? Optional.of(Long.toString(turns - fewest)) : Optional.empty();
      default -> throw new IllegalArgumentException("unknown kind " + question.kind());
    };
  }

  private void fillDeadEnds() {
    for (int r = 1; r < open.length - 1; r++) {
      for (int c = 1; c < open[0].length - 1; c++) {
        int row = r;
        int column = c;
        while (open[row][column] && !end(row, column) && neighbours(row, column) <= 1) {
          open[row][column] = false;
          if (open[row - 1][column]) {
            row--;
          } else if (open[row + 1][column]) {
            row++;
          } else if (open[row][column - 1]) {
            column--;
          } else if (open[row][column + 1]) {
            column++;
          }
        }
      }
    }
  }

  private boolean end(int row, int column) {
    return row == startRow && column == startColumn || row == endRow && column == endColumn;
  }

  private int neighbours(int row, int column) {
    return (open[row - 1][column] ? 1 : 0)
        + (open[row + 1][column] ? 1 : 0)
        + (open[row][column - 1] ? 1 : 0)
        + (open[row][column + 1] ? 1 : 0);
  }

  /**
   * @param left what a left turn adds to a label: 1 or -1
   */
  private long best(int left) {
    int width = open[0].length;
    // Per cell the label by the direction of arrival: dx, dy of (1,0), (-1,0), (0,1), (0,-1).
    int[][] ways = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    // At 4 x cell + direction.
    long[] labels = new long[4 * open.length * width];
    Arrays.fill(labels, NONE);
    ArrayDeque<int[]> queue = new ArrayDeque<>();
    queue.add(new int[] {startRow, startColumn, -1});
    while (!queue.isEmpty()) {
      int[] at = queue.remove();
      long base = at[2] < 0 ? 0 : labels[4 * (at[0] * width + at[1]) + at[2]];
      for (int way = 0; way < 4; way++) {
        int row = at[0] + ways[way][1];
        int column = at[1] + ways[way][0];
        if (!open[row][column]) {
          continue;
        }
        long label = base + STEP;
        if (at[2] >= 0 && at[2] != way) {
          // Rows grow downwards, so that a negative cross product is a turn to the left.
          int cross = ways[at[2]][0] * ways[way][1] - ways[at[2]][1] * ways[way][0];
          label += TURN + (cross < 0 ? left : 0);
        }
        int state = 4 * (row * width + column) + way;
        if (label < labels[state]) {
          labels[state] = label;
          queue.add(new int[] {row, column, way});
        }
      }
    }
    long best = NONE;
    for (int way = 0; way < 4; way++) {
      best = Math.min(best, labels[4 * (endRow * width + endColumn) + way]);
    }
    return best;
  }
}
