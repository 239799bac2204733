package dev.sightline.puzzle.nqueens;

import dev.sightline.puzzle.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Completions as sets of squares, grown by the column with the fewest squares left; two squares go
 * together if no straight line joins them. No bits, no rows.
 */
final class NQueensReferenceSolver {
  private record Square(int row, int column) {
    boolean peaceful(Square other) {
      int rows = row - other.row;
      int columns = column - other.column;
      return rows != 0 && columns != 0 && rows * rows != columns * columns;
    }
  }

  private final int wanted;
  private final Question question;
  private final List<Square> given;
  private final TreeSet<Integer> answers = new TreeSet<>();

  private NQueensReferenceSolver(int wanted, Question question, List<Square> given) {
    this.wanted = wanted;
    this.question = question;
    this.given = given;
  }

  static Optional<String> answer(NQueensScene scene, Question question) {
    List<Square> queens = new ArrayList<>();
    List<Square> others = new ArrayList<>();
    int size = scene.lines().size();
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        boolean there = scene.lines().get(row).charAt(column) == 'Q';
        (there ? queens : others).add(new Square(row, column));
      }
    }
    for (Square one : queens) {
      for (Square other : queens) {
        if (!one.equals(other) && !one.peaceful(other)) {
          return Optional.empty();
        }
      }
    }
    int missing = size - queens.size();
    boolean meant =
        question.kind().equals("distance") && missing == 2
            || question.kind().equals("walk") && missing >= 3
            || question.kind().equals("column") && missing >= 1;
    if (!meant) {
      return Optional.empty();
    }
    List<Square> open =
        others.stream().filter(square -> queens.stream().allMatch(square::peaceful)).toList();
    NQueensReferenceSolver search = new NQueensReferenceSolver(missing, question, queens);
    search.grow(new ArrayList<>(), open);
    return search.answers.size() == 1
        ? Optional.of(String.valueOf(search.answers.first()))
        : Optional.empty();
  }

  private void grow(List<Square> chosen, List<Square> open) {
    if (answers.size() > 1) {
      return;
    }
    if (chosen.size() == wanted) {
      judge(chosen);
      return;
    }
    List<Integer> columns = open.stream().map(Square::column).distinct().toList();
    if (columns.size() < wanted - chosen.size()) {
      return;
    }
    int narrowest =
        columns.stream()
            .min(
                Comparator.comparingLong(
                    column -> open.stream().filter(square -> square.column() == column).count()))
            .orElseThrow();
    for (Square square : open) {
      if (square.column() == narrowest) {
        chosen.add(square);
        grow(chosen, open.stream().filter(square::peaceful).toList());
        chosen.removeLast();
      }
    }
  }

  private void judge(List<Square> chosen) {
    if (question.kind().equals("column")) {
      int row = question.integer("row") - 1;
      if (given.stream().anyMatch(square -> square.row() == row)) {
        return;
      }
      chosen.stream()
          .filter(square -> square.row() == row)
          .forEach(square -> answers.add(square.column() + 1));
      return;
    }
    List<Square> fromTheTop = chosen.stream().sorted(Comparator.comparingInt(Square::row)).toList();
    int sum = 0;
    for (int i = 1; i < fromTheTop.size(); i++) {
      Square above = fromTheTop.get(i - 1);
      Square below = fromTheTop.get(i);
      sum += Math.abs(above.row() - below.row()) + Math.abs(above.column() - below.column());
    }
    answers.add(sum);
  }
}
