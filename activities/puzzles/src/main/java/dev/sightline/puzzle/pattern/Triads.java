package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Triads of numbers: in all of them the third is the product, sum or difference of the others. */
final class Triads extends Pattern {
  private static final int[] RANGE = {5, 9, 9, 12, 15};
  private static final int LARGEST = 400;

  /** How the third number follows from the first two. */
  enum Rule {
    PRODUCT,
    SUM,
    DIFFERENCE;

    int apply(int first, int second) {
      return switch (this) {
        case PRODUCT -> first * second;
        case SUM -> first + second;
        case DIFFERENCE -> Math.abs(first - second);
      };
    }
  }

  Triads() {
    super(
        "triangle",
        "triads of numbers (upper left, lower left, right), by rows,",
        "rows such as 2 3 6/4 ? 20",
        DifficultyScale.of(PatternMeasures.CELLS, 6, 9, 12, 15),
        Words.numbers(Words.NUMBERS, 1, LARGEST));
  }

  @Override
  int version() {
    return 2;
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
    int count = level + 1;
    Rule rule = Rule.values()[level < 3 ? 0 : chooser.below(level == 3 ? 2 : 3)];
    List<List<String>> rows = new ArrayList<>();
    Set<List<Integer>> pairs = new HashSet<>();
    for (int i = 0; i < count; i++) {
      int first = chooser.between(1, RANGE[level - 1]);
      int second = chooser.between(1, RANGE[level - 1]);
      int third = rule.apply(first, second);
      // A group that stands there twice, also turned round, would show what is missing.
      if (third == 0 || !pairs.add(List.of(Math.min(first, second), Math.max(first, second)))) {
        return null;
      }
      rows.add(Tables.row(List.of(first, second, third)).getFirst());
    }
    return scene(
        Words.NUMBERS, Tables.with(rows, chooser.below(count), chooser.below(3), Words.MISSING));
  }

  @Override
  boolean fits(PatternScene scene) {
    List<List<String>> rows = scene.rows(Words.NUMBERS);
    return rows.size() >= 2 && rows.size() <= 6 && rows.stream().allMatch(row -> row.size() == 3);
  }

  @Override
  List<String> candidates(PatternScene scene, Place missing) {
    return upTo(LARGEST);
  }

  @Override
  boolean holds(PatternScene filled, Question question) {
    for (Rule rule : Rule.values()) {
      boolean all = true;
      for (List<String> row : filled.rows(Words.NUMBERS)) {
        if (rule.apply(number(row, 0), number(row, 1)) != number(row, 2)) {
          all = false;
          break;
        }
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  @Override
  String ask(Place missing, Question question) {
    return "Numbers stand in groups of three. In every group the number on the right follows from the"
        + " two on the left by the same rule, a product, a sum or a difference. Which number belongs"
        + " where the question mark is? "
        + Words.NUMBER_ANSWER;
  }

  @Override
  String place(Place place) {
    String corner =
        switch (place.column()) {
          case 0 -> "upper left";
          case 1 -> "lower left";
          default -> "right";
        };
    return "the %s circle of group %d, counting groups by rows".formatted(corner, place.row() + 1);
  }

  @Override
  List<PatternScene> images(PatternScene scene) {
    // Groups may change places.
    return List.of(Tables.all(scene, Tables::sortedRows));
  }

  @Override
  List<WrongAnswer> mistakes(PatternScene scene, Place missing, Question question) {
    List<String> row = scene.rows(Words.NUMBERS).get(missing.row());
    List<WrongAnswer> wrong = new ArrayList<>();
    if (missing.column() == 2) {
      wrong.add(wrong("adds", number(row, 0) + number(row, 1)));
      wrong.add(wrong("multiplies", number(row, 0) * number(row, 1)));
      wrong.add(wrong("subtracts", Math.abs(number(row, 0) - number(row, 1))));
    } else {
      int other = number(row, 1 - missing.column());
      int third = number(row, 2);
      wrong.add(wrong("subtracts", Math.abs(third - other)));
      wrong.add(wrong("adds", third + other));
      wrong.add(wrong("divides", third / other));
      wrong.add(wrong("repeats", other));
    }
    return wrong.stream().filter(answer -> !answer.answer().equals("0")).toList();
  }

  private static WrongAnswer wrong(String procedure, int answer) {
    return new WrongAnswer(procedure, Integer.toString(answer));
  }

  @Override
  void paint(PatternScene scene, Brush brush) {
    List<List<String>> rows = scene.rows(Words.NUMBERS);
    double height = 1.0 / ((rows.size() + 1) / 2);
    double scale = Math.min(height, 0.5);
    for (int g = 0; g < rows.size(); g++) {
      boolean alone = g == rows.size() - 1 && g % 2 == 0;
      double u = alone ? 0.5 : g % 2 == 0 ? 0.25 : 0.75;
      double v = (g / 2 + 0.5) * height;
      double[][] at = {
        {u - 0.26 * scale, v - 0.27 * scale},
        {u - 0.26 * scale, v + 0.27 * scale},
        {u + 0.28 * scale, v}
      };
      for (int i = 0; i < 3; i++) {
        double[] next = at[(i + 1) % 3];
        brush.line(at[i][0], at[i][1], next[0], next[1]);
      }
      for (int i = 0; i < 3; i++) {
        brush.circle(at[i][0], at[i][1], 0.19 * scale, Brush.EMPTY);
        brush.textWithin(rows.get(g).get(i), at[i][0], at[i][1], 0.17 * scale, 0.28 * scale);
      }
    }
  }
}
