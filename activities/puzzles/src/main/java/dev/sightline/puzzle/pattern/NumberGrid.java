package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A grid of numbers whose rows all have the same sum. */
final class NumberGrid extends Pattern {
  private static final int[] ROWS = {3, 3, 3, 4, 5};
  private static final int[] COLUMNS = {2, 3, 4, 4, 5};
  private static final int[] RANGE = {9, 9, 9, 20, 30};
  private static final int TRIES = 60;

  NumberGrid() {
    super(
        "grid_number",
        "grid of numbers",
        "rows such as 7 8 1/7 ? 3/4 8 4",
        DifficultyScale.of(PatternMeasures.CELLS, 6, 9, 12, 16),
        Words.numbers(Words.NUMBERS, 1, 99));
  }

  @Override
  List<String> asked() {
    return List.of(Words.NUMBERS);
  }

  @Override
  AnswerType answerType() {
    return AnswerType.INTEGER;
  }

  @Override
  @Nullable PatternScene draw(int level, Chooser chooser) {
    int columns = COLUMNS[level - 1];
    int range = RANGE[level - 1];
    List<List<Integer>> rows = new ArrayList<>();
    int sum = 0;
    for (int r = 0; r < ROWS[level - 1]; r++) {
      List<Integer> row =
          r == 0 ? numbers(columns, range, chooser) : row(columns, range, sum, chooser);
      if (row == null || rows.contains(row)) {
        return null;
      }
      sum = row.stream().mapToInt(Integer::intValue).sum();
      rows.add(row);
    }
    List<List<String>> shown = Tables.grid(rows.size(), columns, (r, c) -> rows.get(r).get(c));
    return scene(
        Words.NUMBERS,
        Tables.with(shown, chooser.below(rows.size()), chooser.below(columns), Words.MISSING));
  }

  private static List<Integer> numbers(int count, int range, Chooser chooser) {
    List<Integer> row = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      row.add(chooser.between(1, range));
    }
    return row;
  }

  /** A row of the sum; null where chance does not find one. */
  private static @Nullable List<Integer> row(int columns, int range, int sum, Chooser chooser) {
    for (int i = 0; i < TRIES; i++) {
      List<Integer> row = numbers(columns - 1, range, chooser);
      int last = sum - row.stream().mapToInt(Integer::intValue).sum();
      if (last >= 1 && last <= range) {
        row.add(last);
        return row;
      }
    }
    return null;
  }

  @Override
  boolean fits(PatternScene scene) {
    return rectangle(scene, Words.NUMBERS, 2, 6);
  }

  @Override
  List<String> candidates(PatternScene scene, Place missing) {
    return upTo(99);
  }

  @Override
  boolean holds(PatternScene filled, Question question) {
    int first = -1;
    for (List<String> row : filled.rows(Words.NUMBERS)) {
      int sum = 0;
      for (int c = 0; c < row.size(); c++) {
        sum += number(row, c);
      }
      if (first >= 0 && sum != first) {
        return false;
      }
      first = sum;
    }
    return true;
  }

  @Override
  String ask(Place missing, Question question) {
    // The sum is named: two or three short rows often share a product or a difference too.
    return "Numbers stand in a grid. The numbers of every row have the same sum. Which number belongs"
        + " where the question mark is? "
        + Words.NUMBER_ANSWER;
  }

  @Override
  String place(Place place) {
    return "the cell in row %d, column %d".formatted(place.row() + 1, place.column() + 1);
  }

  @Override
  List<PatternScene> images(PatternScene scene) {
    return Tables.mirrored(scene, false);
  }

  @Override
  List<WrongAnswer> mistakes(PatternScene scene, Place missing, Question question) {
    List<List<String>> rows = scene.rows(Words.NUMBERS);
    List<WrongAnswer> wrong = new ArrayList<>();
    int other = missing.column() == 0 ? 1 : 0;
    int column = 0;
    int own = 0;
    for (int r = 0; r < rows.size(); r++) {
      if (r != missing.row()) {
        column += number(rows.get(r), other) - number(rows.get(r), missing.column());
        own = number(rows.get(r), missing.column());
      } else {
        column += number(rows.get(r), other);
      }
    }
    if (column > 0) {
      wrong.add(new WrongAnswer("columns-for-rows", Integer.toString(column)));
    }
    wrong.add(new WrongAnswer("same-as-column", Integer.toString(own)));
    return wrong;
  }

  @Override
  void paint(PatternScene scene, Brush brush) {
    List<List<String>> rows = scene.rows(Words.NUMBERS);
    int columns = rows.getFirst().size();
    double cell = 1.0 / Math.max(rows.size(), columns);
    double left = (1 - columns * cell) / 2;
    double top = (1 - rows.size() * cell) / 2;
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < columns; c++) {
        brush.box(left + c * cell, top + r * cell, cell, cell, Brush.EMPTY);
        brush.textWithin(
            rows.get(r).get(c),
            left + (c + 0.5) * cell,
            top + (r + 0.5) * cell,
            0.4 * cell,
            0.75 * cell);
      }
    }
  }
}
