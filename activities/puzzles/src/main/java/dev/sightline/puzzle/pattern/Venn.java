package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain of overlapping circles: each overlap holds the sum, or the difference, of its circles.
 */
final class Venn extends Pattern {
  private static final int[] RANGE = {5, 9, 12, 20, 40};
  private static final int MOST = 7;

  Venn() {
    super(
        "venn",
        "chain of circles from left to right",
        "numbers: such as 4 ? 2; overlaps: such as 10 8",
        DifficultyScale.of(PatternMeasures.CELLS, 3, 4, 5, 6),
        Words.numbers(Words.NUMBERS, 1, 99),
        Words.numbers(Words.OVERLAPS, 1, 198));
  }

  @Override
  List<String> asked() {
    return List.of(Words.NUMBERS, Words.OVERLAPS);
  }

  @Override
  AnswerType answerType() {
    return AnswerType.INTEGER;
  }

  private static int overlap(boolean sum, int one, int other) {
    return sum ? one + other : Math.abs(one - other);
  }

  @Override
  @Nullable PatternScene draw(int level, Chooser chooser) {
    int count = level + 2;
    boolean sum = level < 3 || chooser.coin();
    List<Integer> numbers = new ArrayList<>();
    List<Integer> overlaps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int next = chooser.between(1, RANGE[level - 1]);
      if (i > 0) {
        overlaps.add(overlap(sum, numbers.getLast(), next));
        if (overlaps.getLast() == 0) {
          return null;
        }
      }
      numbers.add(next);
    }
    int missing = chooser.below(2 * count - 1);
    List<List<String>> circles = Tables.row(numbers);
    List<List<String>> shared = Tables.row(overlaps);
    return missing < count
        ? scene(
            Words.NUMBERS, Tables.with(circles, 0, missing, Words.MISSING), Words.OVERLAPS, shared)
        : scene(
            Words.NUMBERS,
            circles,
            Words.OVERLAPS,
            Tables.with(shared, 0, missing - count, Words.MISSING));
  }

  @Override
  boolean fits(PatternScene scene) {
    return line(scene, Words.NUMBERS, 2, MOST)
        && line(scene, Words.OVERLAPS, 1, MOST - 1)
        && scene.rows(Words.OVERLAPS).getFirst().size()
            == scene.rows(Words.NUMBERS).getFirst().size() - 1;
  }

  @Override
  List<String> candidates(PatternScene scene, Place missing) {
    return upTo(missing.table().equals(Words.NUMBERS) ? 99 : 198);
  }

  @Override
  boolean holds(PatternScene filled, Question question) {
    return holds(filled, true) || holds(filled, false);
  }

  private static boolean holds(PatternScene filled, boolean sum) {
    List<String> numbers = filled.rows(Words.NUMBERS).getFirst();
    List<String> overlaps = filled.rows(Words.OVERLAPS).getFirst();
    for (int i = 0; i < overlaps.size(); i++) {
      if (number(overlaps, i) != overlap(sum, number(numbers, i), number(numbers, i + 1))) {
        return false;
      }
    }
    return true;
  }

  @Override
  String ask(Place missing, Question question) {
    return "Circles with numbers overlap. The number in each overlap follows from its two circles by"
        + " the same rule, a sum or a difference. Which number belongs where the question mark is? "
        + Words.NUMBER_ANSWER;
  }

  @Override
  String place(Place place) {
    return place.table().equals(Words.NUMBERS)
        ? "circle %d from the left, outside the overlaps".formatted(place.column() + 1)
        : "the overlap of circles %d and %d from the left"
            .formatted(place.column() + 1, place.column() + 2);
  }

  @Override
  List<PatternScene> images(PatternScene scene) {
    return List.of(scene, Tables.all(scene, Tables::flipColumns));
  }

  @Override
  List<WrongAnswer> mistakes(PatternScene scene, Place missing, Question question) {
    List<String> numbers = scene.rows(Words.NUMBERS).getFirst();
    List<String> overlaps = scene.rows(Words.OVERLAPS).getFirst();
    int at = missing.column();
    int one;
    int other;
    if (missing.table().equals(Words.OVERLAPS)) {
      one = number(numbers, at);
      other = number(numbers, at + 1);
    } else {
      boolean last = at == numbers.size() - 1;
      one = number(overlaps, last ? at - 1 : at);
      other = number(numbers, last ? at - 1 : at + 1);
    }
    List<WrongAnswer> wrong = new ArrayList<>();
    wrong.add(new WrongAnswer("adds", Integer.toString(one + other)));
    if (one != other) {
      wrong.add(new WrongAnswer("subtracts", Integer.toString(Math.abs(one - other))));
    }
    wrong.add(new WrongAnswer("takes-the-overlap", Integer.toString(one)));
    wrong.add(new WrongAnswer("takes-the-circle", Integer.toString(other)));
    return wrong;
  }

  @Override
  void paint(PatternScene scene, Brush brush) {
    List<String> numbers = scene.rows(Words.NUMBERS).getFirst();
    List<String> overlaps = scene.rows(Words.OVERLAPS).getFirst();
    int count = numbers.size();
    // Neighbours lie higher and lower, which leaves long chains room for larger circles. Their
    // middles are 1.3 radii apart, those of the next but one more than 2.
    double apart = 1.03;
    double radius = Math.min(0.26, 1 / (2 + apart * (count - 1)));
    double start = 0.5 - radius * apart * (count - 1) / 2;
    double sway = 0.397 * radius;
    for (int i = 0; i < count; i++) {
      brush.circle(u(start, i, radius, apart), v(i, sway), radius, Brush.EMPTY);
    }
    for (int i = 0; i + 1 < count; i++) {
      brush.lens(
          u(start, i, radius, apart),
          v(i, sway),
          u(start, i + 1, radius, apart),
          v(i + 1, sway),
          radius,
          Brush.PLAIN);
    }
    for (int i = 0; i < count; i++) {
      brush.ring(u(start, i, radius, apart), v(i, sway), radius);
    }
    for (int i = 0; i < count; i++) {
      double away = i == 0 ? -0.3 : i == count - 1 ? 0.3 : 0;
      double outwards = (i % 2 == 0 ? -1 : 1) * (away == 0 ? 0.42 : 0.15) * radius;
      brush.textWithin(
          numbers.get(i),
          u(start, i, radius, apart) + away * radius,
          v(i, sway) + outwards,
          0.4 * radius,
          0.7 * radius);
    }
    for (int i = 0; i + 1 < count; i++) {
      brush.textWithin(
          overlaps.get(i),
          (u(start, i, radius, apart) + u(start, i + 1, radius, apart)) / 2,
          0.5,
          0.36 * radius,
          0.56 * radius);
    }
  }

  private static double u(double start, int circle, double radius, double apart) {
    return start + circle * radius * apart;
  }

  private static double v(int circle, double sway) {
    return 0.5 + (circle % 2 == 0 ? -sway : sway);
  }
}
