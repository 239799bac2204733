package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.description.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cells of several kinds whose number follows from the kind: from a polygon's sides or a bar's
 * length, times 1 to 3, plus or minus something, for the whole picture alike.
 */
final class KindNumbers extends Pattern {
  private static final int MOST_TIMES = 3;
  private static final int LEAST_PLUS = -5;
  private static final int MOST_PLUS = 9;

  private final boolean bars;

  private KindNumbers(
      boolean bars,
      String name,
      String subject,
      String hint,
      DifficultyScale scale,
      Section kinds) {
    super(name, subject, hint, scale, Words.numbers(Words.NUMBERS, 1, 99), kinds);
    this.bars = bars;
  }

  static KindNumbers polygons() {
    return new KindNumbers(
        false,
        "polygon_sides_number",
        "triangle of polygons",
        "numbers: rows such as 3/? 5; sides: rows such as 3/4 5",
        DifficultyScale.of(PatternMeasures.CELLS, 3, 6, 10, 15),
        Section.numbers(Words.SIDES, Polygons.LEAST, Polygons.GREATEST));
  }

  static KindNumbers bars() {
    return new KindNumbers(
        true,
        "rectangle_height_number",
        "row of bars",
        "numbers: such as 1 ? 2; lengths: such as 1 3 2, 1 shortest",
        DifficultyScale.of(PatternMeasures.CELLS, 5, 7, 9, 11),
        Section.numbers(Words.LENGTHS, 1, Bars.LONGEST));
  }

  private String kinds() {
    return bars ? Words.LENGTHS : Words.SIDES;
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
    int times = level < 5 ? 1 : chooser.between(1, MOST_TIMES);
    int plus = level < 4 ? 0 : bars ? chooser.between(0, 5) : chooser.between(-2, 5);
    List<String> order = bars ? barKinds(level, chooser) : polygonKinds(level, chooser);
    List<String> numbers = new ArrayList<>();
    for (String kind : order) {
      numbers.add(Integer.toString(times * Integer.parseInt(kind) + plus));
    }
    int missing = chooser.below(order.size());
    numbers.set(missing, Words.MISSING);
    return bars
        ? scene(Words.NUMBERS, Tables.row(numbers), Words.LENGTHS, Tables.row(order))
        : scene(Words.NUMBERS, Tables.triangle(numbers), Words.SIDES, Tables.triangle(order));
  }

  private static List<String> polygonKinds(int level, Chooser chooser) {
    int rows = level + 1;
    int cells = rows * (rows + 1) / 2;
    List<String> some = chooser.some(Polygons.SIDES, Math.min(cells, Polygons.SIDES.size()));
    List<String> dealt = new ArrayList<>(some);
    while (dealt.size() < cells) {
      dealt.add(chooser.of(some));
    }
    return chooser.shuffled(dealt);
  }

  private static List<String> barKinds(int level, Chooser chooser) {
    int cells = level == 1 ? 4 : 2 * level + 3;
    List<String> kinds = upTo(level + 1);
    List<String> dealt = new ArrayList<>();
    for (int i = 0; i < cells; i++) {
      dealt.add(i < kinds.size() ? kinds.get(i) : chooser.of(kinds));
    }
    return chooser.shuffled(dealt);
  }

  @Override
  boolean fits(PatternScene scene) {
    return alike(scene, Words.NUMBERS, kinds())
        && (bars
            ? line(scene, Words.NUMBERS, 3, Bars.MOST)
            : Polygons.fits(scene.rows(Words.NUMBERS)));
  }

  @Override
  List<String> candidates(PatternScene scene, Place missing) {
    Set<String> known = new HashSet<>();
    for (int r = 0; r < scene.rows(kinds()).size(); r++) {
      for (int c = 0; c < scene.rows(kinds()).get(r).size(); c++) {
        if (r != missing.row() || c != missing.column()) {
          known.add(scene.rows(kinds()).get(r).get(c));
        }
      }
    }
    // A rule with two unknowns needs two kinds, unless the missing number stands elsewhere.
    boolean enough =
        known.size() > 1
            || known.contains(scene.rows(kinds()).get(missing.row()).get(missing.column()));
    return enough ? upTo(99) : List.of();
  }

  @Override
  boolean holds(PatternScene filled, Question question) {
    for (int times = 1; times <= MOST_TIMES; times++) {
      for (int plus = LEAST_PLUS; plus <= MOST_PLUS; plus++) {
        if (holds(filled, times, plus)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean holds(PatternScene filled, int times, int plus) {
    List<List<String>> numbers = filled.rows(Words.NUMBERS);
    List<List<String>> kinds = filled.rows(kinds());
    for (int r = 0; r < numbers.size(); r++) {
      for (int c = 0; c < numbers.get(r).size(); c++) {
        if (number(numbers.get(r), c) != times * number(kinds.get(r), c) + plus) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  String ask(Place missing, Question question) {
    return bars
        ? "Bars of several lengths hold numbers. Each number follows from the bar's length by one"
            + " rule: times something, plus or minus something, both or neither. Which number"
            + " belongs where the question mark is? "
            + Words.NUMBER_ANSWER
        : "Polygons hold numbers. Each number follows from how many sides the polygon has, by one"
            + " rule: times something, plus or minus something, both or neither. Which number"
            + " belongs where the question mark is? "
            + Words.NUMBER_ANSWER;
  }

  @Override
  String place(Place place) {
    return bars ? Bars.place(place) : Polygons.place(place);
  }

  @Override
  List<String> lookedAt() {
    return List.of(Words.NUMBERS);
  }

  @Override
  List<PatternScene> images(PatternScene scene) {
    return bars ? List.of(scene, Tables.all(scene, Tables::flipColumns)) : Polygons.images(scene);
  }

  @Override
  List<WrongAnswer> mistakes(PatternScene scene, Place missing, Question question) {
    List<WrongAnswer> wrong = new ArrayList<>();
    String own = scene.rows(kinds()).get(missing.row()).get(missing.column());
    wrong.add(new WrongAnswer("ignores-the-rule", own));
    solve(scene, question)
        .ifPresent(
            right -> {
              int away = Integer.parseInt(own) % 2 == 0 ? 1 : -1;
              int near = Integer.parseInt(right) + away;
              wrong.add(
                  new WrongAnswer(
                      bars ? "wrong-length" : "miscounted-sides",
                      Integer.toString(near < 1 ? 2 : near)));
            });
    return wrong;
  }

  @Override
  void paint(PatternScene scene, Brush brush) {
    List<List<String>> numbers = scene.rows(Words.NUMBERS);
    List<List<String>> kinds = scene.rows(kinds());
    if (bars) {
      Bars.paint(kinds.getFirst(), brush, i -> Brush.PLAIN, numbers.getFirst());
    } else {
      Polygons.paint(kinds, brush, (r, c) -> Brush.PLAIN, numbers);
    }
  }
}
