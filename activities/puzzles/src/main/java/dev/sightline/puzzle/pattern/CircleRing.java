package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.description.Section;
import dev.sightline.puzzle.render.Polar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbered circles in a ring: the larger the number, the larger the circle. */
final class CircleRing extends Pattern {
  private static final int[] CIRCLES = {4, 6, 8, 10, 12};
  private static final int[] KINDS = {2, 3, 4, 5, 5};
  private static final int[] RANGE = {9, 9, 20, 50, 99};
  private static final int MOST_KINDS = 6;

  CircleRing() {
    super(
        "circle_size_number",
        "ring of circles, clockwise from the top,",
        "numbers: such as 3 ? 5 3 1 5; sizes: such as 2 1 3 2 1 3, 1 smallest",
        DifficultyScale.of(PatternMeasures.CELLS, 5, 7, 9, 11),
        Words.numbers(Words.NUMBERS, 1, 99),
        Section.numbers(Words.SIZES, 1, MOST_KINDS));
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
    int count = CIRCLES[level - 1];
    int kinds = KINDS[level - 1];
    List<String> numbers =
        chooser.some(upTo(RANGE[level - 1]), kinds).stream()
            .sorted((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)))
            .toList();
    List<Integer> ranks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ranks.add(i < 2 * kinds ? i % kinds : chooser.below(kinds));
    }
    List<Integer> order = chooser.shuffled(ranks);
    List<List<String>> shown = Tables.row(order.stream().map(numbers::get).toList());
    return scene(
        Words.NUMBERS,
        Tables.with(shown, 0, chooser.below(count), Words.MISSING),
        Words.SIZES,
        Tables.row(order.stream().map(rank -> rank + 1).toList()));
  }

  @Override
  boolean fits(PatternScene scene) {
    return line(scene, Words.NUMBERS, 3, 16) && alike(scene, Words.NUMBERS, Words.SIZES);
  }

  @Override
  List<String> candidates(PatternScene scene, Place missing) {
    return upTo(99);
  }

  @Override
  boolean holds(PatternScene filled, Question question) {
    List<String> numbers = filled.rows(Words.NUMBERS).getFirst();
    List<String> sizes = filled.rows(Words.SIZES).getFirst();
    int[] bySize = new int[MOST_KINDS + 1];
    for (int i = 0; i < numbers.size(); i++) {
      int size = number(sizes, i);
      int value = number(numbers, i);
      if (bySize[size] != 0 && bySize[size] != value) {
        return false;
      }
      bySize[size] = value;
    }
    int last = 0;
    for (int value : bySize) {
      if (value != 0 && value <= last) {
        return false;
      }
      last = Math.max(last, value);
    }
    return true;
  }

  @Override
  String ask(Place missing, Question question) {
    return "Numbered circles of several sizes stand in a ring. Numbers and sizes belong together by"
        + " one rule. Which number belongs where the question mark is? "
        + Words.NUMBER_ANSWER;
  }

  @Override
  String place(Place place) {
    return place.column() == 0
        ? "the circle at the top of the ring"
        : "circle %d, counting clockwise with the one at the top as circle 1"
            .formatted(place.column() + 1);
  }

  @Override
  List<String> lookedAt() {
    return List.of(Words.NUMBERS);
  }

  @Override
  List<PatternScene> images(PatternScene scene) {
    return Tables.ring(scene, scene.rows(Words.NUMBERS).getFirst().size());
  }

  @Override
  List<WrongAnswer> mistakes(PatternScene scene, Place missing, Question question) {
    List<String> numbers = scene.rows(Words.NUMBERS).getFirst();
    return List.of(
        new WrongAnswer(
            "opposite", numbers.get((missing.column() + numbers.size() / 2) % numbers.size())));
  }

  @Override
  void paint(PatternScene scene, Brush brush) {
    List<String> numbers = scene.rows(Words.NUMBERS).getFirst();
    List<String> sizes = scene.rows(Words.SIZES).getFirst();
    int count = numbers.size();
    double largest = Brush.ringRadius(count);
    double reach = 0.5 - largest;
    int kinds = 1;
    for (int i = 0; i < count; i++) {
      kinds = Math.max(kinds, number(sizes, i));
    }
    for (int i = 0; i < count; i++) {
      double angle = 270 + 360.0 * i / count;
      // Each size is at least a quarter larger than the next smaller one.
      double radius = largest * StrictMath.pow(0.78, kinds - number(sizes, i));
      double u = Polar.x(0.5, reach, angle);
      double v = Polar.y(0.5, reach, angle);
      brush.circle(u, v, radius, Brush.EMPTY);
      brush.textWithin(numbers.get(i), u, v, 0.9 * radius, 1.35 * radius);
    }
  }
}
