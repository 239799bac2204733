package dev.sightline.puzzle.kiwi;

import dev.sightline.puzzle.ConstantDescription;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.FactScore;
import java.util.ArrayList;
import java.util.List;

/**
 * The description grammar {@code --F/-FF/RF-}: rows from top to bottom, cells from left to right.
 *
 * <p>Reading is lenient in layout: case, blanks and empty rows do not matter, a line end is a '/'.
 * It is strict in content: any other character, a row that is too long or too many rows make the
 * text unparsable, because then it is open which place is meant. Fewer rows or shorter rows are a
 * partial description, read from the upper left. A text of several whole boards asserts every place
 * several times: boards that differ are contradictory, equal ones are unparsable, so that repeating
 * never pays.
 */
final class KiwiText {
  private static final char OPEN = '?';
  private static final char TORN = '!';
  private static final String KINDS = "-FR";

  private KiwiText() {}

  /**
   * @param cells as in {@link KiwiScene}, '?' where nothing is said, '!' where two things are
   */
  record KiwiAssertions(int count, String cells) implements DescriptionReading.Assertions {}

  static String write(KiwiScene scene) {
    StringBuilder out = new StringBuilder();
    for (int row = 0; row < scene.rows(); row++) {
      if (row > 0) {
        out.append('/');
      }
      out.append(scene.cells(), row * scene.columns(), (row + 1) * scene.columns());
    }
    return out.toString();
  }

  static DescriptionReading read(String text, int rows, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? '/' : text.charAt(i);
      switch (c) {
        case '/', '\n', '\r' -> {
          if (!line.isEmpty()) {
            lines.add(line.toString());
            line.setLength(0);
          }
        }
        case ' ', '\t' -> {}
        case '-' -> line.append(KiwiScene.EMPTY);
        case 'F', 'f' -> line.append(KiwiScene.FRESH);
        case 'R', 'r' -> line.append(KiwiScene.ROTTEN);
        default -> {
          return new DescriptionReading.Unparsable(
              "character U+%04X is none of - F R /".formatted((int) c));
        }
      }
    }
    if (lines.isEmpty()) {
      return new DescriptionReading.Missing();
    }
    boolean even = lines.stream().allMatch(row -> row.length() == columns);
    if (even && lines.size() == rows) {
      return new DescriptionReading.Complete(new KiwiScene(rows, columns, String.join("", lines)));
    }
    if (lines.size() <= rows && lines.stream().allMatch(row -> row.length() <= columns)) {
      return new DescriptionReading.Partial(partial(lines, rows, columns));
    }
    if (even && lines.size() % rows == 0) {
      return stacked(lines, rows, columns);
    }
    return new DescriptionReading.Unparsable(
        "rows of lengths "
            + lines.stream().limit(9).map(row -> Integer.toString(row.length())).toList()
            + " do not fit a board of "
            + rows
            + " x "
            + columns);
  }

  private static KiwiAssertions partial(List<String> lines, int rows, int columns) {
    StringBuilder cells = new StringBuilder();
    int count = 0;
    for (int row = 0; row < rows; row++) {
      String line = row < lines.size() ? lines.get(row) : "";
      count += line.length();
      cells.append(line).repeat(OPEN, columns - line.length());
    }
    return new KiwiAssertions(count, cells.toString());
  }

  private static DescriptionReading stacked(List<String> lines, int rows, int columns) {
    char[] cells = String.join("", lines.subList(0, rows)).toCharArray();
    boolean torn = false;
    for (int i = rows; i < lines.size(); i++) {
      for (int column = 0; column < columns; column++) {
        int at = (i % rows) * columns + column;
        if (cells[at] != lines.get(i).charAt(column)) {
          cells[at] = TORN;
          torn = true;
        }
      }
    }
    return torn
        ? new DescriptionReading.Contradictory(
            new KiwiAssertions(lines.size() * columns, new String(cells)))
        : new DescriptionReading.Unparsable(
            "the board stands there " + lines.size() / rows + " times");
  }

  /** Mean over the kinds of cell that the true board has of the share of them named rightly. */
  static FactScore facts(KiwiScene truth, DescriptionReading reading) {
    int all = truth.cells().length();
    return switch (reading) {
      case DescriptionReading.Missing missing -> FactScore.none(all);
      case DescriptionReading.Unparsable unparsable -> FactScore.none(all);
      case DescriptionReading.Partial(DescriptionReading.Assertions said) -> facts(truth, said);
      case DescriptionReading.Contradictory(DescriptionReading.Assertions said) ->
          facts(truth, said);
      case DescriptionReading.Complete(KiwiScene scene) ->
          facts(truth, new KiwiAssertions(all, scene.cells()));
      case DescriptionReading.Complete(var other) ->
          throw new IllegalArgumentException("not a kiwi board: " + other);
    };
  }

  private static FactScore facts(KiwiScene truth, DescriptionReading.Assertions assertions) {
    if (!(assertions instanceof KiwiAssertions said)) {
      throw new IllegalArgumentException("not about a kiwi board: " + assertions);
    }
    int all = truth.cells().length();
    int[] present = new int[KINDS.length()];
    int[] named = new int[KINDS.length()];
    for (int i = 0; i < all; i++) {
      int kind = KINDS.indexOf(truth.cells().charAt(i));
      present[kind]++;
      if (said.cells().charAt(i) == truth.cells().charAt(i)) {
        named[kind]++;
      }
    }
    double sum = 0;
    int kinds = 0;
    int right = 0;
    for (int kind = 0; kind < KINDS.length(); kind++) {
      if (present[kind] > 0) {
        kinds++;
        right += named[kind];
        sum += (double) named[kind] / present[kind];
      }
    }
    double value = said.count() > 2 * all ? 0 : sum / kinds;
    return new FactScore(value, right, all, said.count());
  }

  /**
   * The mean fact score is a sum over places, so that the best kind for each place gives the best
   * board. Ties go to the earlier of "-FR".
   */
  static ConstantDescription bestConstant(List<KiwiScene> scenes) {
    KiwiScene shape = scenes.getFirst();
    double[][] worth = new double[shape.cells().length()][KINDS.length()];
    for (KiwiScene scene : scenes) {
      int kinds = 0;
      for (int kind = 0; kind < KINDS.length(); kind++) {
        kinds += scene.count(KINDS.charAt(kind)) > 0 ? 1 : 0;
      }
      for (int i = 0; i < worth.length; i++) {
        char cell = scene.cells().charAt(i);
        worth[i][KINDS.indexOf(cell)] += 1.0 / (kinds * scene.count(cell));
      }
    }
    StringBuilder cells = new StringBuilder();
    for (double[] place : worth) {
      int best = 0;
      for (int kind = 1; kind < place.length; kind++) {
        best = place[kind] > place[best] ? kind : best;
      }
      cells.append(KINDS.charAt(best));
    }
    KiwiScene board = new KiwiScene(shape.rows(), shape.columns(), cells.toString());
    double sum = 0;
    int exact = 0;
    for (KiwiScene scene : scenes) {
      sum += facts(scene, new DescriptionReading.Complete(board)).value();
      exact += scene.equals(board) ? 1 : 0;
    }
    return new ConstantDescription(
        write(board), sum / scenes.size(), (double) exact / scenes.size());
  }
}
