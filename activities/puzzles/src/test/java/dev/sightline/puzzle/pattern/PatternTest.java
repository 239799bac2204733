package dev.sightline.puzzle.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.Space;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Palette;
import dev.sightline.puzzle.render.Polar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PatternTest {
  private static final int ITEMS = Integer.getInteger("sightline.pattern.items", 40);

  static Stream<String> names() {
    return PatternFamily.all().stream().map(PuzzleFamily::name);
  }

  private static ConfiguredFamily family(String name, int level) {
    return PuzzleFamilies.configure(name, Map.of("level", level));
  }

  private static Scene described(ConfiguredFamily family, String text) {
    DescriptionReading reading = family.readDescription(text);
    assertThat(reading).isInstanceOf(DescriptionReading.Complete.class);
    return ((DescriptionReading.Complete) reading).scene();
  }

  /** Puzzles solved by hand. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "circle_size_number|numbers: 3 ? 9 9; sizes: 1 1 2 2|3",
        "color_grid|red blue red/blue green blue/red ? red|blue",
        "color_hexagon|red blue green red ? green|blue",
        "color_number_hexagon|numbers: 2 5 7 ? 1 8; colours: red red blue blue green green|NONE",
        "color_number_hexagon|numbers: 2 5 6 ? 3 4; colours: red red blue blue green green|1",
        "color_overlap_squares|squares: red ? blue; overlaps: orange green; steps: up up|yellow",
        "color_overlap_squares|squares: red blue red; overlaps: ? purple; steps: up down|purple",
        "color_overlap_squares|squares: red blue ?; overlaps: green purple; steps: up down|NONE",
        "color_size_circle|shades: dark medium ? very-light; hues: blue|light blue",
        "color_size_circle|shades: very-dark dark ?; hues: red|medium red",
        "grid_number|1 2 3/4 ? 1/2 2 2|1",
        "grid_number|1 2 3/4 ? 1/2 2 3|NONE",
        "grid_number_color|colours: red ?/blue red; numbers: 3 7/7 3|blue",
        "grid_number_color|colours: red ?/blue red; numbers: 3 9/7 3|NONE",
        "polygon_sides_color|colours: red/? blue/red blue red; sides: 5/3 3/5 3 5|blue",
        "polygon_sides_number|numbers: 9/? 13; sides: 3/6 5|15",
        "polygon_sides_number|numbers: 3/? 8; sides: 3/6 8|6",
        "rectangle_height_color|colours: red ? blue blue; lengths: 1 1 2 2|red",
        "rectangle_height_number|numbers: 5 7 ?; lengths: 1 2 4|11",
        "shape_morph|star circle-star circle-star ?|circle",
        "shape_morph|star circle-square circle-square ?|NONE",
        "shape_reflect|star cross/star ?|cross",
        "shape_size_grid|sizes: small large/? large; shapes: star star/? circle|small",
        "size_cycle|sizes: small medium large/small ? large; colours:|medium",
        "size_cycle|sizes: small large medium/small ? large; colours:|NONE",
        "size_grid|sizes: small large small/large medium ?/small large small; colours:|large",
        "triangle|2 3 6/4 ? 20|5",
        "triangle|2 2 4/3 5 ?|NONE",
        "triangle|7 2 5/3 9 ?|6",
        "venn|numbers: 4 6 ?; overlaps: 10 9|3",
        "venn|numbers: 9 4 1; overlaps: 5 ?|3",
        "venn|numbers: 9 4 ?; overlaps: 5 2|NONE"
      })
  void knownAnswers(String name, String description, String answer) {
    ConfiguredFamily family = PuzzleFamilies.configure("pattern." + name, Map.of());
    Puzzle puzzle = new Puzzle(described(family, description), Question.of("missing"));
    if (answer.equals("NONE")) {
      assertThat(family.answer(puzzle)).isEmpty();
      assertThat(family.legal(puzzle)).isFalse();
    } else {
      assertThat(family.answer(puzzle)).contains(answer);
      assertThat(family.referenceAnswer(puzzle)).contains(answer);
    }
  }

  /** A group that comes twice, also with its numbers exchanged, would show what is missing. */
  @Test
  void noGroupOfATriangleComesTwice() {
    for (int level = 1; level <= 5; level++) {
      ConfiguredFamily family = family("pattern.triangle", level);
      for (int i = 0; i < 200; i++) {
        Puzzle puzzle = family.draw(SeedTree.root(11).child(level).child(i));
        String answer = family.answer(puzzle).orElseThrow();
        List<String> groups = new ArrayList<>();
        for (String group : family.description(puzzle.scene()).replace("?", answer).split("/")) {
          String[] numbers = group.strip().split(" ");
          groups.add(new TreeSet<>(List.of(numbers[0], numbers[1])) + numbers[2]);
        }
        assertThat(groups).doesNotHaveDuplicates();
      }
    }
  }

  /** Two rows between the same shapes would show what is missing. */
  @Test
  void noPairOfShapesTurnsIntoOneAnotherTwice() {
    for (int level = 3; level <= 5; level++) {
      ConfiguredFamily family = family("pattern.shape_morph", level);
      for (int i = 0; i < 100; i++) {
        Puzzle puzzle = family.draw(SeedTree.root(12).child(level).child(i));
        List<String> rows = new ArrayList<>();
        for (String row : family.description(puzzle.scene()).split("/")) {
          rows.add(row.strip().split(" ")[1]);
        }
        assertThat(rows).hasSize(2 * (level - 2)).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void theMissingShapeIsNamedByTheQuestion() {
    ConfiguredFamily family = PuzzleFamilies.configure("pattern.shape_size_hexagon", Map.of());
    Scene scene =
        described(
            family, "sizes: small large small large; shapes: star cross star cross; centre: ?");
    for (List<String> pair : List.of(List.of("star", "small"), List.of("cross", "large"))) {
      Puzzle puzzle = new Puzzle(scene, Question.of("missing").with("shape", pair.getFirst()));
      assertThat(family.answer(puzzle)).contains(pair.getLast());
      assertThat(family.referenceAnswer(puzzle)).contains(pair.getLast());
      assertThat(family.questionText(puzzle)).contains(pair.getFirst());
    }
    assertThat(family.answer(new Puzzle(scene, Question.of("missing").with("shape", "circle"))))
        .isEmpty();
  }

  /**
   * Short rows with one sum often have one product or difference too: 2 8/8 2/? 4 would be 6 or 4.
   */
  @ParameterizedTest
  @CsvSource({
    "grid_number, every row have the same sum",
    "color_number_hexagon, each colour have the same sum",
    "color_overlap_squares, mix as paints do"
  })
  void rulesThatPicturesLeaveOpenAreNamed(String name, String rule) {
    for (int level = 1; level <= 5; level++) {
      ConfiguredFamily family = family("pattern." + name, level);
      Puzzle puzzle = family.draw(SeedTree.root(7).child(name).child(level));
      assertThat(family.questionText(puzzle)).contains(rule);
    }
  }

  /** Mirrors and turns are the same problem: same answer, same form. */
  @ParameterizedTest
  @MethodSource("names")
  void symmetriesKeepAnswerAndForm(String name) {
    PatternFamily family = (PatternFamily) PuzzleFamilies.byName(name).orElseThrow();
    for (int i = 0; i < ITEMS; i++) {
      ConfiguredFamily configured = family(name, 1 + i % 5);
      Puzzle puzzle = configured.draw(SeedTree.root(3).child(name).child(i));
      PatternScene scene = (PatternScene) puzzle.scene();
      for (PatternScene image : family.pattern().images(scene)) {
        assertThat(configured.canonicalKey(image)).isEqualTo(configured.canonicalKey(scene));
        assertThat(configured.answer(new Puzzle(image, puzzle.question())))
            .as("%s and %s", scene, image)
            .isEqualTo(configured.answer(puzzle));
      }
    }
  }

  /**
   * Also where the choices give no puzzle or more than one answer: a rule that is too weak in one
   * solver would only make fewer puzzles otherwise.
   */
  @ParameterizedTest
  @MethodSource("names")
  void solversAgreeOnWhateverIsDrawn(String name) {
    PatternFamily family = (PatternFamily) PuzzleFamilies.byName(name).orElseThrow();
    Pattern pattern = family.pattern();
    Chooser chooser = Chooser.random(SeedTree.root(2).child(name).random());
    int answered = 0;
    int drawn = 0;
    for (int i = 0; i < 5 * ITEMS; i++) {
      PatternScene scene = pattern.draw(1 + i % 5, chooser);
      if (scene != null) {
        Question question = pattern.question(scene, chooser);
        assertThat(PatternReferenceSolver.answer(name, scene, question))
            .as("%s", scene)
            .isEqualTo(pattern.solve(scene, question));
        drawn++;
        answered += pattern.solve(scene, question).isPresent() ? 1 : 0;
      }
    }
    assertThat(answered).isGreaterThan(drawn / 2);
  }

  /** Sizes of spaces by formula: choices of values, places of the "?", symmetries. */
  @ParameterizedTest
  @CsvSource({
    "color_grid, 1, 448, 112", // 8 * 7 colours, 8 places; corner or edge
    "color_grid, 2, 2688, 672", // 8 * 7 * 6, 8 places
    "color_hexagon, 2, 2016, 168", // 8 * 7 * 6, 6 places; 12 symmetries
    "color_overlap_squares, 1, 240, 66", // 3 * 2 * 2 chains, 5 places, 4 ways of steps
    "color_size_circle, 2, 96, 96", // 6 hues, 2 directions, 2 starts, 4 places
    "shape_reflect, 1, 168, 42", // 7 * 6 shapes, 4 places; 4 symmetries
    "size_grid, 1, 48, 12", // 6 orders, 8 places
    "size_cycle, 1, 162, 54", // 6 orders, 3 places in each of 2, 3, 4 arms
    "circle_size_number, 1, 864, 144" // 36 pairs of numbers, 6 orders, 4 places
  })
  void exactSpaces(String name, int level, int scenes, int forms) {
    ConfiguredFamily family = family("pattern." + name, level);
    Space space = family.space();
    assertThat(space.enumerable()).isTrue();
    assertThat(space.scenes().intValue()).isEqualTo(scenes);
    assertThat(space.canonicalForms().intValue()).isEqualTo(forms);
    assertThat(family.scenes()).hasSize(scenes).doesNotHaveDuplicates();
    for (Scene scene : family.scenes()) {
      Question question = family.question(scene, SeedTree.root(1));
      assertThat(family.legal(new Puzzle(scene, question))).isTrue();
    }
    Set<Scene> listed = new HashSet<>(family.scenes());
    for (int i = 0; i < ITEMS; i++) {
      assertThat(listed).contains(family.draw(SeedTree.root(4).child(i)).scene());
    }
  }

  @Test
  void everyChoiceIsWalkedOnce() {
    EveryChoice choices = new EveryChoice();
    Set<List<Integer>> seen = new HashSet<>();
    int walks = 0;
    do {
      int first = choices.below(3);
      List<Integer> walk =
          first == 0 ? List.of(0) : List.of(first, choices.below(first + 1), choices.below(2));
      assertThat(seen.add(walk)).isTrue();
      walks++;
    } while (choices.next());
    assertThat(walks).isEqualTo(1 + 2 * 2 + 3 * 2);
  }

  /** So that a size's name is certain, all sizes up to the largest stand in the picture. */
  @ParameterizedTest
  @MethodSource("names")
  void namesOfSizesAreCertain(String name) {
    for (int i = 0; i < ITEMS; i++) {
      ConfiguredFamily family = family(name, 1 + i % 5);
      Puzzle puzzle = family.draw(SeedTree.root(5).child(name).child(i));
      Set<String> seen = new TreeSet<>();
      ((PatternScene) puzzle.scene()).rows(Words.SIZES).forEach(seen::addAll);
      seen.retainAll(Words.SIZE_WORDS);
      if (!seen.isEmpty()) {
        assertThat(seen).isEqualTo(new TreeSet<>(Words.sizes(seen.size())));
        assertThat(seen).contains(family.answer(puzzle).orElseThrow());
      }
    }
  }

  /** What PuzzleVQA's options get wrong is not repeated: 0 is never right, so never offered. */
  @ParameterizedTest
  @MethodSource("names")
  void wrongAnswersAreOfTheRightKind(String name) {
    for (int i = 0; i < ITEMS; i++) {
      ConfiguredFamily family = family(name, 1 + i % 5);
      Puzzle puzzle = family.draw(SeedTree.root(6).child(name).child(i));
      List<WrongAnswer> wrong = family.wrongAnswers(puzzle);
      for (WrongAnswer answer : wrong) {
        if (family.answerType(puzzle.question()) == AnswerType.INTEGER) {
          assertThat(Integer.parseInt(answer.answer())).as("%s", answer).isPositive();
        } else {
          assertThat(answer.answer()).doesNotContain("?").isNotBlank();
        }
      }
      Set<String> others = new HashSet<>(wrong.stream().map(WrongAnswer::answer).toList());
      others.remove(family.answer(puzzle).orElseThrow());
      assertThat(others).as("%s", puzzle).hasSizeGreaterThanOrEqualTo(2);
      assertThat(wrong.stream().map(WrongAnswer::procedure).distinct()).hasSizeGreaterThan(3);
    }
  }

  @Test
  void coloursAreToldApart() {
    for (Palette.Variant palette : Palette.Variant.values()) {
      for (String one : Words.COLOUR_WORDS) {
        assertThat(Colours.distance(Brush.colour(palette, one), Brush.EMPTY))
            .as("%s on white in %s", one, palette)
            .isGreaterThan(15);
        for (String other : Words.COLOUR_WORDS) {
          if (!one.equals(other)) {
            assertThat(Colours.distance(Brush.colour(palette, one), Brush.colour(palette, other)))
                .as("%s and %s in %s", one, other, palette)
                .isGreaterThan(19.5);
          }
        }
      }
    }
    for (String hue : NestedCircles.TINTS) {
      for (int step = 1; step < NestedCircles.STEPS.size(); step++) {
        assertThat(
                Colours.distance(
                    Brush.shade(Palette.Variant.PLAIN, hue, step - 1),
                    Brush.shade(Palette.Variant.PLAIN, hue, step)))
            .as("%s %d", hue, step)
            .isGreaterThan(9.5);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void tooSmallPicturesNameTheLeastSize(String name) {
    ConfiguredFamily family = PuzzleFamilies.configure(name, Map.of());
    assertThat(family.imageSizeProblem(100, 448))
        .hasValueSatisfying(problem -> assertThat(problem).contains("100 x 448", "at least"));
    assertThat(family.imageSizeProblem(168, 168)).isEmpty();
  }

  @Test
  void ringsLeaveGapsAndStayInside() {
    for (int count = 4; count <= 12; count++) {
      double radius = Brush.ringRadius(count);
      double apart = 2 * (0.5 - radius) * Polar.sine(180.0 / count);
      assertThat(apart).as("%d discs", count).isGreaterThan(2 * radius * 1.03);
      assertThat(radius).isGreaterThan(0.09);
    }
  }

  @Test
  void outlinesInBetweenBeginAndEndAsTheShapesThemselves() {
    double[] start = Outlines.between("circle", "square", 0, 0, 0, 1);
    double[] end = Outlines.between("circle", "square", 1, 0, 0, 1);
    double side = StrictMath.sqrt(0.5);
    for (int i = 0; i < start.length; i += 2) {
      assertThat(Math.hypot(start[i], start[i + 1])).isCloseTo(1, within(1e-9));
      assertThat(Math.max(Math.abs(end[i]), Math.abs(end[i + 1]))).isCloseTo(side, within(1e-9));
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double difference) {
    return org.assertj.core.data.Offset.offset(difference);
  }
}
