package dev.sightline.puzzle.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.puzzle.ConstantDescription;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.FactScore;
import dev.sightline.puzzle.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Scores by hand and the cheats of science.md 5. */
class DescriptionFactsTest {
  private static final Grammar BOARD = new Grammar(Section.cells("board", "-FR"));
  private static final Grammar MIXED =
      new Grammar(
          Section.number("minute", 0, 59, 1),
          Section.objects("shapes", Set.of("red", "blue", "square", "circle"), 0, 9),
          Section.numbers("rows", 1, 9).givenAway());

  private record Shown(Description description) implements Scene {}

  private static Description board(String... lines) {
    return Description.builder().board("board", List.of(lines)).build();
  }

  private static FactScore score(Grammar grammar, Description truth, String text) {
    return switch (grammar.read(text, DescriptionFactsTest::compose)) {
      case DescriptionReading.Missing missing -> FactScore.none(1);
      case DescriptionReading.Unparsable unparsable -> FactScore.none(1);
      case DescriptionReading.Partial(Said said) -> DescriptionFacts.score(grammar, truth, said);
      case DescriptionReading.Contradictory(Said said) ->
          DescriptionFacts.score(grammar, truth, said);
      case DescriptionReading.Complete(Shown(Description said)) ->
          DescriptionFacts.score(grammar, truth, DescriptionFacts.said(grammar, said));
      case DescriptionReading.Partial(var other) -> throw new AssertionError(other);
      case DescriptionReading.Contradictory(var other) -> throw new AssertionError(other);
      case DescriptionReading.Complete(var other) -> throw new AssertionError(other);
    };
  }

  private static Shown compose(Description description) {
    description.sections().keySet().stream()
        .filter(name -> name.equals("board"))
        .forEach(description::board);
    return new Shown(description);
  }

  @Test
  void cellsCountByClass() {
    Description truth = board("--F", "-FF", "RF-");
    // Three classes: 4 empty, 4 fresh, 1 rotten. All empty names one class of three.
    assertThat(score(BOARD, truth, "---/---/---").value()).isEqualTo(1.0 / 3, within(1e-12));
    assertThat(score(BOARD, truth, "--F/-FF/RF-").value()).isEqualTo(1);
    assertThat(score(BOARD, truth, "--F/-FF/FF-").value()).isEqualTo(2.0 / 3, within(1e-12));
    assertThat(score(BOARD, truth, "--F").value())
        .as("half a class each of two")
        .isEqualTo((2.0 / 4 + 1.0 / 4 + 0) / 3, within(1e-12));
  }

  @Test
  void twoValuesForAPlaceAreWrongAndTooManyScoreNothing() {
    Description truth = board("-F", "RF");
    assertThat(score(BOARD, truth, "-F/RF;-F/RR").value())
        .as("the place that was said to be F and R is wrong")
        .isEqualTo((1 + 0.5 + 1) / 3, within(1e-12));
    assertThat(score(BOARD, truth, "-F/RF;-F/RR;-F/R-").value()).isZero();
  }

  @Test
  void objectsCountByF1AndGivenSectionsNotAtAll() {
    Description truth =
        Description.builder()
            .word("minute", 30)
            .rows("shapes", List.of(List.of("red", "square"), List.of("blue", "circle")))
            .word("rows", 3)
            .build();
    assertThat(score(MIXED, truth, "minute: 31; shapes: red square; rows: 9").value())
        .as("the minute within its tolerance, F1 of one object of two")
        .isEqualTo((1 + 2.0 / 3) / 2, within(1e-12));
    assertThat(score(MIXED, truth, "minute: 33; shapes: red square, red square; rows: 3").value())
        .as("an object named twice counts once")
        .isEqualTo((0 + 2.0 / 4) / 2, within(1e-12));
    assertThat(
            score(
                    MIXED,
                    truth,
                    "minute: 30; shapes: red square, red circle, blue square, blue circle,"
                        + " red circle 1, red circle 2; rows: 3")
                .value())
        .as("all alternatives are more than twice the facts")
        .isZero();
    assertThat(score(MIXED, truth, "minute: 30; shapes: red square; rows: 3").facts()).isEqualTo(3);
  }

  /** Empty, full, constant, alternatives, repeated: none scores more than the best constant. */
  @Test
  void cheatsScoreAtMostTheBestConstant() {
    SplittableRandom random = new SplittableRandom(4);
    List<Description> truths = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      StringBuilder cells = new StringBuilder();
      for (int cell = 0; cell < 9; cell++) {
        cells.append("--FFR".charAt(random.nextInt(5)));
      }
      truths.add(board(cells.substring(0, 3), cells.substring(3, 6), cells.substring(6, 9)));
    }
    ConstantDescription best = DescriptionFacts.bestConstant(BOARD, truths);
    for (String cheat :
        List.of(
            "",
            "---/---/---",
            "FFF/FFF/FFF",
            "RRR/RRR/RRR",
            "---/---/---;FFF/FFF/FFF",
            "---/---/---;---/---/---",
            "---/---/---;FFF/FFF/FFF;RRR/RRR/RRR",
            "-",
            BOARD.write(truths.getFirst()))) {
      double mean =
          truths.stream()
              .mapToDouble(truth -> score(BOARD, truth, cheat).value())
              .average()
              .orElse(0);
      assertThat(mean).as("'%s'", cheat).isLessThanOrEqualTo(best.meanFacts() + 1e-12);
    }
  }

  /** Against trying all 3^4 boards. */
  @Test
  void theBestConstantIsTheBestOfAllBoards() {
    SplittableRandom random = new SplittableRandom(6);
    List<Description> truths = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      String cells = "";
      for (int cell = 0; cell < 4; cell++) {
        cells += "-FFR".charAt(random.nextInt(4));
      }
      truths.add(board(cells.substring(0, 2), cells.substring(2)));
    }
    double best = 0;
    for (int code = 0; code < 81; code++) {
      String cells = "";
      for (int rest = code, cell = 0; cell < 4; cell++, rest /= 3) {
        cells += "-FR".charAt(rest % 3);
      }
      Said said = DescriptionFacts.said(BOARD, board(cells.substring(0, 2), cells.substring(2)));
      double mean =
          truths.stream()
              .mapToDouble(truth -> DescriptionFacts.score(BOARD, truth, said).value())
              .average()
              .orElse(0);
      best = Math.max(best, mean);
    }
    assertThat(DescriptionFacts.bestConstant(BOARD, truths).meanFacts())
        .isEqualTo(best, within(1e-12));
  }
}
