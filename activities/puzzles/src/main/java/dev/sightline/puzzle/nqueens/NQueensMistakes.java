package dev.sightline.puzzle.nqueens;

import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.List;

/** What plausible mistakes answer. */
final class NQueensMistakes {
  private final List<WrongAnswer> wrong = new ArrayList<>();

  private NQueensMistakes() {}

  static List<WrongAnswer> of(NQueensScene scene, Question question) {
    NQueensMistakes mistakes = new NQueensMistakes();
    List<int[]> missing = new ArrayList<>();
    NQueensSolver.forEach(
        scene,
        solution -> {
          for (int row = 0; row < solution.length; row++) {
            if (!scene.queen(row, solution[row])) {
              missing.add(new int[] {row, solution[row]});
            }
          }
          return false;
        });
    if (question.kind().equals(NQueensFamily.COLUMN)) {
      mistakes.column(scene, question.integer("row") - 1, missing);
    } else {
      mistakes.walk(missing);
    }
    return List.copyOf(mistakes.wrong);
  }

  private void walk(List<int[]> missing) {
    int manhattan = 0;
    int rows = 0;
    int columns = 0;
    int king = 0;
    for (int i = 1; i < missing.size(); i++) {
      int down = Math.abs(missing.get(i)[0] - missing.get(i - 1)[0]);
      int across = Math.abs(missing.get(i)[1] - missing.get(i - 1)[1]);
      manhattan += down + across;
      rows += down;
      columns += across;
      king += Math.max(down, across);
    }
    add("counts-rows-only", rows);
    add("counts-columns-only", columns);
    add("steps-diagonally", king);
    add("counts-the-first-square", manhattan + 1);
    add("leaves-out-the-last-square", manhattan - 1);
    List<Integer> sorted = missing.stream().map(queen -> queen[1]).sorted().toList();
    if (missing.size() > 2) {
      add("ignores-diagonals", rows + sorted.getLast() - sorted.getFirst());
      add("ignores-diagonals-from-the-right", rows + zigzag(sorted));
    }
  }

  /** The columns tried from both ends in turn. */
  private static int zigzag(List<Integer> sorted) {
    int sum = 0;
    int low = 0;
    int high = sorted.size() - 1;
    for (boolean up = true; low < high; up = !up) {
      sum += sorted.get(high) - sorted.get(low);
      low += up ? 1 : 0;
      high -= up ? 0 : 1;
    }
    return sum;
  }

  private void column(NQueensScene scene, int row, List<int[]> missing) {
    // Any other empty column is what one gets who checks no or not all diagonals.
    for (int[] queen : missing) {
      if (queen[0] != row) {
        add("ignores-diagonals", queen[1] + 1);
      } else {
        add("off-by-one", queen[1] + 2 <= scene.size() ? queen[1] + 2 : queen[1]);
        add("off-by-one", queen[1] >= 1 ? queen[1] : queen[1] + 2);
        add("counts-from-the-right", scene.size() - queen[1]);
      }
    }
    add("names-the-row", row + 1);
  }

  private void add(String procedure, int answer) {
    if (answer > 0) {
      wrong.add(new WrongAnswer(procedure, Integer.toString(answer)));
    }
  }
}
