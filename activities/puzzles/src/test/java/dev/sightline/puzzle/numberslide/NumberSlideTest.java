package dev.sightline.puzzle.numberslide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Palette;
import dev.sightline.puzzle.render.Rendering;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NumberSlideTest {
  private static final NumberSlideFamily FAMILY = new NumberSlideFamily();

  private static NumberSlideScene board(Integer... cells) {
    return new NumberSlideScene((int) Math.sqrt(cells.length), List.of(cells));
  }

  private static String answer(NumberSlideScene scene, Question question) {
    String answer = NumberSlideSolver.answer(scene, question).orElseThrow();
    assertThat(NumberSlideReferenceSolver.answer(scene, question)).contains(answer);
    return answer;
  }

  @Test
  void countsByHand() {
    NumberSlideScene corner = board(0, 1, 2, 3, 4, 5, 6, 7, 8);
    Question positions = Question.of("positions");
    assertThat(answer(corner, positions.with("moves", 1))).isEqualTo("2");
    // Back to the start, and from either neighbour two places further.
    assertThat(answer(corner, positions.with("moves", 2))).isEqualTo("5");
    NumberSlideScene centre = board(1, 2, 3, 4, 0, 5, 6, 7, 8);
    assertThat(answer(centre, positions.with("moves", 2))).isEqualTo("9");
  }

  @Test
  void sumsByHand() {
    NumberSlideScene scene = board(1, 2, 3, 4, 0, 5, 6, 7, 8);
    Question least = Question.of("least-sum").with("moves", 1).with("line", "top-row");
    // Up takes 2 out of the top row and the open place into it.
    assertThat(answer(scene, least)).isEqualTo("4");
    assertThat(answer(scene, Question.of("greatest-sum").with("moves", 1).with("line", "top-row")))
        .isEqualTo("6");
    assertThat(
            answer(scene, Question.of("least-sum").with("moves", 1).with("line", "right-column")))
        .isEqualTo("11");
  }

  @Test
  void theOpenPlaceMovesAsTold() {
    NumberSlideScene scene = board(1, 2, 3, 4, 0, 5, 6, 7, 8);
    Question after = Question.of("after-moves").with("path", "left up").with("line", "row");
    // Left: 0 4 5 in the middle row. Up: 0 2 3 above 1 4 5.
    assertThat(answer(scene, after.with("value", "sum"))).isEqualTo("5");
    assertThat(answer(scene, after.with("value", "least"))).isEqualTo("2");
    assertThat(answer(scene, after.with("value", "greatest"))).isEqualTo("3");
    assertThat(answer(scene, after.with("line", "column").with("value", "sum"))).isEqualTo("7");
    assertThat(
            NumberSlideSolver.answer(scene, after.with("path", "left left").with("value", "sum")))
        .isEmpty();
    assertThat(
            NumberSlideReferenceSolver.answer(
                scene, after.with("path", "left left").with("value", "sum")))
        .isEmpty();
  }

  @Test
  void severalOpenPlacesHaveNoAnswer() {
    NumberSlideScene scene = board(1, 2, 3, 4, 0, 5, 6, 7, 0);
    Question question = Question.of("positions").with("moves", 1);
    assertThat(NumberSlideSolver.answer(scene, question)).isEmpty();
    assertThat(NumberSlideReferenceSolver.answer(scene, question)).isEmpty();
  }

  @Test
  void everyOpenPlaceAdmitsEveryLevel() {
    for (int size = 3; size <= 5; size++) {
      for (int open = 0; open < size * size; open++) {
        int s = size;
        int o = open;
        assertThat(
                IntStream.rangeClosed(1, NumberSlideWork.MOST_MOVES)
                    .map(moves -> NumberSlideWork.slides(s, o, moves))
                    .filter(slides -> slides <= NumberSlideWork.MOST_WORK)
                    .map(FAMILY.difficultyScale()::level)
                    .distinct()
                    .toArray())
            .containsExactly(1, 2, 3, 4, 5);
      }
    }
  }

  @Test
  void theSpaceOfOneSizeIsExact() {
    assertThat(FAMILY.configure(Map.of("size", 3)).space().canonicalForms())
        .isEqualTo(BigInteger.valueOf(362_880 / 8));
    assertThat(FAMILY.configure(Map.of()).space().canonicalForms())
        .isEqualTo(BigInteger.valueOf(725_759));
  }

  @Test
  void turnedAndMirroredBoardsShareAForm() {
    ConfiguredFamily family = FAMILY.configure(Map.of("size", 3));
    NumberSlideScene scene = board(1, 2, 3, 4, 0, 5, 6, 7, 8);
    NumberSlideScene turned = board(6, 4, 1, 7, 0, 2, 8, 5, 3);
    assertThat(family.canonicalKey(turned)).isEqualTo(family.canonicalKey(scene));
    List<Integer> swapped = new ArrayList<>(scene.cells());
    Collections.swap(swapped, 0, 1);
    assertThat(family.canonicalKey(new NumberSlideScene(3, swapped)))
        .isNotEqualTo(family.canonicalKey(scene));
  }

  @Test
  void sumsAreAskedOnlyWhereMovesMatter() {
    ConfiguredFamily family =
        FAMILY.configure(Map.of("questions", List.of("least-sum", "greatest-sum")));
    for (int i = 0; i < 100; i++) {
      Puzzle puzzle = family.draw(SeedTree.root(3).child(i));
      NumberSlideScene scene = (NumberSlideScene) puzzle.scene();
      Question question = puzzle.question();
      assertThat(answer(scene, new Question("least-sum", question.parameters())))
          .isNotEqualTo(answer(scene, new Question("greatest-sum", question.parameters())));
    }
  }

  @Test
  void longPathsAloneHaveNoHighLevels() {
    assertThatThrownBy(
            () -> FAMILY.configure(Map.of("level", 4, "questions", List.of("after-moves"))))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("level");
  }

  @Test
  void digitsStandOutFromTheirTiles() {
    for (Palette.Variant colours : Palette.Variant.values()) {
      for (int style = 0; style < 10; style++) {
        Rendering plain = Rendering.PLAIN;
        Rendering rendering =
            new Rendering(
                colours, 100, plain.font(), style, plain.background(), plain.noise(), plain.seed());
        assertThat(Colours.distance(NumberSlidePainter.tile(rendering), 0x1c1c1c))
            .isGreaterThan(40);
      }
    }
    assertThat(NumberSlidePainter.sizeProblem(5, 112, 112)).isEmpty();
    assertThat(NumberSlidePainter.sizeProblem(5, 100, 448)).isPresent();
  }

  @Test
  void perceptionQuestionsAreAnsweredByTheScene() {
    ConfiguredFamily family = new NumberSlideFamily().configure(Map.of());
    for (int i = 0; i < 150; i++) {
      NumberSlideScene scene = (NumberSlideScene) family.draw(SeedTree.root(11).child(i)).scene();
      PerceptionQuestion look = family.perceptionQuestion(scene, SeedTree.root(12).child(i));
      Matcher place = Pattern.compile("row (\\d), column (\\d)\\?").matcher(look.text());
      assertThat(place.find()).isTrue();
      int row = Integer.parseInt(place.group(1)) - 1;
      int column = Integer.parseInt(place.group(2)) - 1;
      assertThat(look.answer()).isEqualTo(Integer.toString(scene.at(row, column)));
    }
  }

  @Test
  void otherWordsOfTheirsAreRead() {
    NumberSlideReader reader = new NumberSlideReader();
    Map<String, Object> grid =
        Map.of("starting_grid", List.of(List.of(1, 2, 3), List.of(4, 0, 5), List.of(6, 7, 8)));
    String start = "You perform exactly 2 moves";
    String path = start + " in the following sequence: left, up. What is the ";
    Map<String, Question> read =
        Map.of(
            path + "sum of numbers in the column which now has the open position?",
            Question.of("after-moves")
                .with("path", "left up")
                .with("line", "column")
                .with("value", "sum"),
            path + "maximum number in the row which now has the open position?",
            Question.of("after-moves")
                .with("path", "left up")
                .with("line", "row")
                .with("value", "greatest"),
            start + ". What is the maximum sum across the bottom most row?",
            Question.of("greatest-sum").with("moves", 2).with("line", "bottom-row"),
            start + ". What is the minimum sum across the rightmost column?",
            Question.of("least-sum").with("moves", 2).with("line", "right-column"),
            start + ". How many unique final board positions can you reach?",
            Question.of("positions").with("moves", 2));
    read.forEach(
        (text, question) ->
            assertThat(reader.read(text, grid).puzzle().question()).isEqualTo(question));
    assertThatThrownBy(() -> reader.read("You move.", grid)).hasMessageContaining("question");
    assertThatThrownBy(() -> reader.read(start, Map.of())).hasMessageContaining("starting_grid");
  }
}
