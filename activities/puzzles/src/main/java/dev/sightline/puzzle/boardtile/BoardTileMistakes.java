package dev.sightline.puzzle.boardtile;

import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.List;

/** What plausible mistakes answer. */
final class BoardTileMistakes {
  private BoardTileMistakes() {}

  static List<WrongAnswer> of(BoardTileScene scene, Question question) {
    BoardTileMeasures measures = BoardTileMeasures.of(scene);
    int byColours = (measures.left() - Math.abs(measures.difference())) / 2;
    int inRows = inRows(scene);
    int most = (measures.left() - measures.uncovered()) / 2;
    List<WrongAnswer> wrong = new ArrayList<>();
    if (question.kind().equals(BoardTileFamily.TILEABLE)) {
      add(wrong, "counts-squares-only", measures.left() % 2 == 0);
      add(wrong, "counts-colours-only", 2 * byColours == measures.left());
      add(wrong, "lays-dominoes-row-by-row", 2 * inRows == measures.left());
      add(wrong, "forgets-the-holes", scene.rows() * scene.columns() % 2 == 0);
      add(wrong, "thinks-every-hole-spoils-it", false);
      return List.copyOf(wrong);
    }
    add(wrong, "counts-squares-only", measures.left() / 2);
    add(wrong, "counts-colours-only", byColours);
    add(wrong, "lays-dominoes-row-by-row", inRows);
    add(wrong, "forgets-the-holes", scene.rows() * scene.columns() / 2);
    add(wrong, "leaves-one-out", most - 1);
    add(wrong, "counts-one-twice", most + 1);
    return List.copyOf(wrong);
  }

  private static void add(List<WrongAnswer> wrong, String procedure, boolean tileable) {
    wrong.add(new WrongAnswer(procedure, tileable ? "Yes" : "No"));
  }

  private static void add(List<WrongAnswer> wrong, String procedure, int dominoes) {
    if (dominoes >= 0) {
      wrong.add(new WrongAnswer(procedure, Integer.toString(dominoes)));
    }
  }

  /** Row by row, each domino lying if it can, else standing. */
  private static int inRows(BoardTileScene scene) {
    boolean[][] taken = new boolean[scene.rows()][scene.columns()];
    int dominoes = 0;
    for (int row = 0; row < scene.rows(); row++) {
      for (int column = 0; column < scene.columns(); column++) {
        if (!scene.left(row, column) || taken[row][column]) {
          continue;
        }
        if (column + 1 < scene.columns()
            && scene.left(row, column + 1)
            && !taken[row][column + 1]) {
          taken[row][column + 1] = true;
          dominoes++;
        } else if (row + 1 < scene.rows() && scene.left(row + 1, column)) {
          taken[row + 1][column] = true;
          dominoes++;
        }
      }
    }
    return dominoes;
  }
}
