package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.description.Section;
import dev.sightline.puzzle.render.Polar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A polygon cut into coloured sectors: opposite ones have the same colour; or the numbers of each
 * colour have the same sum.
 */
final class Wheel extends Pattern {
  private static final int MOST = 16;
  private static final int[] COLOURS = {2, 3, 4, 3, 4};
  private static final int[] EACH = {2, 2, 2, 3, 3};
  private static final int[] RANGE = {9, 9, 9, 12, 20};

  private final boolean numbered;

  private Wheel(
      boolean numbered, String name, String hint, DifficultyScale scale, Section... sections) {
    super(name, "sectors, clockwise from the top,", hint, scale, sections);
    this.numbered = numbered;
  }

  static Wheel colours() {
    return new Wheel(
        false,
        "color_hexagon",
        "colours such as red ? blue red green blue",
        DifficultyScale.of(PatternMeasures.CELLS, 5, 7, 9, 11),
        Words.words(Words.COLOURS, Words.COLOUR_WORDS));
  }

  static Wheel numbers() {
    return new Wheel(
        true,
        "color_number_hexagon",
        "numbers: such as 1 ? 5 3; colours: such as red blue red blue",
        DifficultyScale.of(PatternMeasures.CELLS, 5, 7, 8, 11),
        Words.numbers(Words.NUMBERS, 1, 99),
        Section.words(Words.COLOURS, java.util.Set.copyOf(Words.COLOUR_WORDS)));
  }

  @Override
  List<String> asked() {
    return List.of(numbered ? Words.NUMBERS : Words.COLOURS);
  }

  @Override
  AnswerType answerType() {
    return numbered ? AnswerType.INTEGER : AnswerType.WORD;
  }

  @Override
  @Nullable PatternScene draw(int level, Chooser chooser) {
    return numbered ? drawNumbers(level, chooser) : drawColours(level + 1, chooser);
  }

  private static PatternScene drawColours(int half, Chooser chooser) {
    List<String> colours = chooser.some(Words.COLOUR_WORDS, half);
    List<String> all = new ArrayList<>(colours);
    all.addAll(colours);
    return scene(
        Words.COLOURS, Tables.with(Tables.row(all), 0, chooser.below(2 * half), Words.MISSING));
  }

  private static @Nullable PatternScene drawNumbers(int level, Chooser chooser) {
    int each = EACH[level - 1];
    int range = RANGE[level - 1];
    List<String> colours = chooser.some(Words.COLOUR_WORDS, COLOURS[level - 1]);
    int sum = chooser.between(each + 2, each * range - 2);
    List<String> sectors = new ArrayList<>();
    Map<String, List<Integer>> left = new TreeMap<>();
    for (String colour : colours) {
      List<Integer> parts = new ArrayList<>();
      int rest = sum;
      for (int i = each; i > 1; i--) {
        int least = Math.max(1, rest - (i - 1) * range);
        int part = chooser.between(least, Math.min(range, rest - (i - 1)));
        parts.add(part);
        rest -= part;
      }
      parts.add(rest);
      left.put(colour, parts);
      sectors.addAll(java.util.Collections.nCopies(each, colour));
    }
    List<String> order = chooser.shuffled(sectors);
    List<Integer> numbers = new ArrayList<>();
    for (String colour : order) {
      numbers.add(java.util.Objects.requireNonNull(left.get(colour)).removeLast());
    }
    return scene(
        Words.NUMBERS,
        Tables.with(Tables.row(numbers), 0, chooser.below(numbers.size()), Words.MISSING),
        Words.COLOURS,
        Tables.row(order));
  }

  @Override
  boolean fits(PatternScene scene) {
    return line(scene, Words.COLOURS, 4, MOST)
        && scene.rows(Words.COLOURS).getFirst().size() % (numbered ? 1 : 2) == 0
        && (!numbered || alike(scene, Words.COLOURS, Words.NUMBERS));
  }

  @Override
  List<String> candidates(PatternScene scene, Place missing) {
    return numbered ? upTo(99) : Words.COLOUR_WORDS;
  }

  @Override
  boolean holds(PatternScene filled, Question question) {
    List<String> colours = filled.rows(Words.COLOURS).getFirst();
    if (numbered) {
      List<String> numbers = filled.rows(Words.NUMBERS).getFirst();
      int[] sums = new int[Words.COLOUR_WORDS.size()];
      for (int i = 0; i < colours.size(); i++) {
        sums[Words.COLOUR_WORDS.indexOf(colours.get(i))] += number(numbers, i);
      }
      // Numbers are positive, so that a sum of 0 is a colour that is not there.
      int[] present = IntStream.of(sums).filter(sum -> sum > 0).toArray();
      return present.length > 1 && IntStream.of(present).allMatch(sum -> sum == present[0]);
    }
    int half = colours.size() / 2;
    for (int i = 0; i < half; i++) {
      if (!colours.get(i).equals(colours.get(i + half))) {
        return false;
      }
    }
    return true;
  }

  @Override
  String ask(Place missing, Question question) {
    return numbered
        // The sum is named: with one or two other colours a difference would do as well.
        ? "A wheel is cut into coloured sectors with numbers. The numbers of each colour have the"
            + " same sum. Which number belongs where the question mark is? "
            + Words.NUMBER_ANSWER
        : "A wheel is cut into coloured sectors. Where each colour stands follows one rule. Which"
            + " colour belongs where the question mark is? "
            + Words.COLOUR_ANSWER;
  }

  @Override
  String place(Place place) {
    return place.column() == 0
        ? "the sector at the top"
        : "sector %d, counting clockwise with the one at the top as sector 1"
            .formatted(place.column() + 1);
  }

  @Override
  List<PatternScene> images(PatternScene scene) {
    return Tables.ring(scene, scene.rows(Words.COLOURS).getFirst().size());
  }

  @Override
  List<WrongAnswer> mistakes(PatternScene scene, Place missing, Question question) {
    List<String> cells = scene.rows(asked().getFirst()).getFirst();
    int count = cells.size();
    List<WrongAnswer> wrong = new ArrayList<>();
    if (numbered) {
      // The rule of the wheel without numbers.
      wrong.add(new WrongAnswer("opposite", cells.get((missing.column() + count / 2) % count)));
      List<String> colours = scene.rows(Words.COLOURS).getFirst();
      for (int i = 0; i < count; i++) {
        if (i != missing.column() && colours.get(i).equals(colours.get(missing.column()))) {
          wrong.add(new WrongAnswer("same-number", cells.get(i)));
        }
      }
    } else {
      wrong.add(new WrongAnswer("mirrored", cells.get((count - missing.column()) % count)));
    }
    return wrong;
  }

  @Override
  void paint(PatternScene scene, Brush brush) {
    List<String> colours = scene.rows(Words.COLOURS).getFirst();
    int count = colours.size();
    double reach = 0.35 * Polar.cosine(180.0 / count);
    double plate = Math.min(0.085, reach * Polar.sine(180.0 / count) * 0.9);
    for (int i = 0; i < count; i++) {
      double middle = 270 + 360.0 * i / count;
      double half = 180.0 / count;
      String colour = colours.get(i);
      brush.wedge(0.5, 0.5, 0.5, middle - half, middle + half, brush.fill(colour));
      double u = Polar.x(0.5, reach, middle);
      double v = Polar.y(0.5, reach, middle);
      if (numbered) {
        brush.plate(scene.rows(Words.NUMBERS).getFirst().get(i), u, v, plate);
      } else if (colour.equals(Words.MISSING)) {
        brush.question(u, v, 0.08);
      }
    }
  }
}
