package dev.sightline.puzzle.nqueens;

import dev.sightline.puzzle.Question;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** All completions, row by row from the top, with columns and diagonals as bits. */
final class NQueensSolver {
  private final int size;
  private final int full;

  /** Column of the queen by row, -1 for none. */
  private final int[] columns;

  private final Predicate<int[]> found;

  private NQueensSolver(NQueensScene scene, Predicate<int[]> found) {
    this.size = scene.size();
    this.full = (1 << size) - 1;
    this.columns = new int[size];
    this.found = found;
    Arrays.fill(columns, -1);
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        if (scene.queen(row, column)) {
          columns[row] = columns[row] == -1 ? column : size;
        }
      }
    }
  }

  static Optional<String> answer(NQueensScene scene, Question question) {
    int[] queens = new int[1];
    scene.lines().forEach(l -> queens[0] += (int) l.chars().filter(s -> s == 'Q').count());
    int missing = scene.size() - queens[0];
    boolean fits =
        switch (question.kind()) {
          case NQueensFamily.DISTANCE -> missing == 2;
          case NQueensFamily.WALK -> missing > 2;
          case NQueensFamily.COLUMN -> missing > 0 && empty(scene, question.integer("row"));
          default -> false;
        };
    if (!fits) {
      return Optional.empty();
    }
    int[] answers = {-1, 0};
    forEach(
        scene,
        solution -> {
          int answer = value(scene, solution, question);
          answers[1] += answer == answers[0] ? 0 : 1;
          answers[0] = answer;
          return answers[1] < 2;
        });
    return answers[1] == 1 ? Optional.of(Integer.toString(answers[0])) : Optional.empty();
  }

  /** Whether the row, counted from 1, is on the board and has no queen. */
  private static boolean empty(NQueensScene scene, int row) {
    return row >= 1 && row <= scene.size() && !scene.lines().get(row - 1).contains("Q");
  }

  /** How many completions there are, at most so many. */
  static int completions(NQueensScene scene, int most) {
    int[] count = new int[1];
    forEach(scene, solution -> ++count[0] < most);
    return count[0];
  }

  /** Gives each completion (column by row) until the visitor says stop. */
  static void forEach(NQueensScene scene, Predicate<int[]> visitor) {
    NQueensSolver solver = new NQueensSolver(scene, visitor);
    int takenColumns = 0;
    for (int row = 0; row < solver.size; row++) {
      int column = solver.columns[row];
      if (column == solver.size || (column >= 0 && (takenColumns >> column & 1) != 0)) {
        return;
      }
      takenColumns |= column >= 0 ? 1 << column : 0;
    }
    boolean unused = solver.place(0, 0, 0, 0, takenColumns);
  }

  /** The distances from each missing queen to the next below, or the column of one. */
  private static int value(NQueensScene scene, int[] solution, Question question) {
    if (question.kind().equals(NQueensFamily.COLUMN)) {
      return solution[question.integer("row") - 1] + 1;
    }
    int sum = 0;
    int above = -1;
    for (int row = 0; row < solution.length; row++) {
      if (!scene.queen(row, solution[row])) {
        if (above >= 0) {
          sum += row - above + Math.abs(solution[row] - solution[above]);
        }
        above = row;
      }
    }
    return sum;
  }

  /**
   * @param down columns of the queens above
   * @param falling diagonals to the right, as they meet this row
   * @param rising diagonals to the left
   * @param reserved columns of all given queens
   * @return false where the visitor said stop
   */
  private boolean place(int row, int down, int falling, int rising, int reserved) {
    if (row == size) {
      return found.test(columns.clone());
    }
    int given = columns[row];
    int attacked = down | falling | rising;
    int free = given >= 0 ? 1 << given & ~attacked : full & ~(attacked | reserved);
    while (free != 0) {
      int bit = free & -free;
      free ^= bit;
      columns[row] = Integer.numberOfTrailingZeros(bit);
      boolean more =
          place(row + 1, down | bit, (falling | bit) << 1 & full, (rising | bit) >> 1, reserved);
      columns[row] = given;
      if (!more) {
        return false;
      }
    }
    return true;
  }
}
