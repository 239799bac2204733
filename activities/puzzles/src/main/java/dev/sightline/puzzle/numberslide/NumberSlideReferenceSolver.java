package dev.sightline.puzzle.numberslide;

import dev.sightline.puzzle.Question;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;

/** Walks every sequence of moves on one grid and takes each move back again. */
final class NumberSlideReferenceSolver {
  /** Row and column steps of the open place, and what question texts call them. */
  private static final String[] WORDS = {"up", "down", "left", "right"};

  private static final int[] ROW_STEPS = {-1, 1, 0, 0};
  private static final int[] COLUMN_STEPS = {0, 0, -1, 1};

  private final int[][] grid;
  private int row = -1;
  private int column = -1;
  private final TreeSet<String> ends = new TreeSet<>();
  private int least = Integer.MAX_VALUE;
  private int greatest = Integer.MIN_VALUE;

  private NumberSlideReferenceSolver(NumberSlideScene scene) {
    grid = new int[scene.size()][scene.size()];
    for (int r = 0; r < grid.length; r++) {
      for (int c = 0; c < grid.length; c++) {
        grid[r][c] = scene.at(r, c);
        if (grid[r][c] == 0) {
          row = r;
          column = c;
        }
      }
    }
  }

  static Optional<String> answer(NumberSlideScene scene, Question question) {
    if (scene.cells().stream().filter(number -> number == 0).count() != 1) {
      return Optional.empty();
    }
    NumberSlideReferenceSolver solver = new NumberSlideReferenceSolver(scene);
    if (question.kind().equals("after-moves")) {
      return solver.follow(question);
    }
    String line = question.kind().equals("positions") ? "" : question.text("line");
    solver.walk(question.integer("moves"), line);
    int answer =
        switch (question.kind()) {
          case "positions" -> solver.ends.size();
          case "least-sum" -> solver.least;
          case "greatest-sum" -> solver.greatest;
          default -> throw new IllegalArgumentException("unknown kind " + question.kind());
        };
    return Optional.of(String.valueOf(answer));
  }

  private void walk(int left, String line) {
    if (left == 0) {
      if (line.isEmpty()) {
        ends.add(Arrays.deepToString(grid));
      } else {
        int sum = outerSum(line);
        least = Math.min(least, sum);
        greatest = Math.max(greatest, sum);
      }
      return;
    }
    for (int way = 0; way < WORDS.length; way++) {
      int fromRow = row;
      int fromColumn = column;
      if (step(way)) {
        walk(left - 1, line);
        grid[row][column] = grid[fromRow][fromColumn];
        grid[fromRow][fromColumn] = 0;
        row = fromRow;
        column = fromColumn;
      }
    }
  }

  private boolean step(int way) {
    int toRow = row + ROW_STEPS[way];
    int toColumn = column + COLUMN_STEPS[way];
    if (Math.min(toRow, toColumn) < 0 || Math.max(toRow, toColumn) >= grid.length) {
      return false;
    }
    grid[row][column] = grid[toRow][toColumn];
    grid[toRow][toColumn] = 0;
    row = toRow;
    column = toColumn;
    return true;
  }

  private int outerSum(String line) {
    int last = grid.length - 1;
    int sum = 0;
    for (int i = 0; i <= last; i++) {
      if (line.equals("top-row")) {
        sum += grid[0][i];
      } else if (line.equals("bottom-row")) {
        sum += grid[last][i];
      } else if (line.equals("left-column")) {
        sum += grid[i][0];
      } else {
        sum += grid[i][last];
      }
    }
    return sum;
  }

  private Optional<String> follow(Question question) {
    for (String word : question.text("path").split(" ")) {
      int way = Arrays.asList(WORDS).indexOf(word);
      if (way < 0 || !step(way)) {
        return Optional.empty();
      }
    }
    int sum = 0;
    int high = 0;
    int low = 0;
    for (int i = 0; i < grid.length; i++) {
      int number = question.text("line").equals("row") ? grid[row][i] : grid[i][column];
      sum += number;
      high = Math.max(high, number);
      low = number > 0 && (low == 0 || number < low) ? number : low;
    }
    return Optional.of(
        String.valueOf(
            switch (question.text("value")) {
              case "sum" -> sum;
              case "greatest" -> high;
              case "least" -> low;
              default -> throw new IllegalArgumentException(question.text("value"));
            }));
  }
}
