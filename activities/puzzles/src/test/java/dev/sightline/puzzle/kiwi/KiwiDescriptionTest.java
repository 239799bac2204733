package dev.sightline.puzzle.kiwi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.ConstantDescription;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.Scene;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KiwiDescriptionTest {
  private final ConfiguredFamily family = PuzzleFamilies.configure("rotting_kiwi", Map.of());
  private final KiwiScene truth = new KiwiScene(3, 3, "--F-FFRF-");

  private double facts(String text) {
    return family.facts(truth, family.readDescription(text)).value();
  }

  @ParameterizedTest
  @CsvSource({
    "'', missing",
    "' / \n', missing",
    "'--F/-FF/RF-', complete",
    "'--f\n - F F \nrf-', complete",
    "'--F/-FF', partial",
    "'--F/-FF/RF', partial",
    "'--F/-FF/RF-F', unparsable",
    "'--F/-FF/RF-/---', unparsable",
    "'--F/-XF/RF-', unparsable",
    "'--F-FFRF-', unparsable",
    "'--F/-FF/RF-/--F/-FF/RF-', unparsable",
    "'--F/-FF/RF-/--F/-FF/RFF', contradictory",
    "'three kiwis', unparsable",
  })
  void tellsTheFiveStatesApart(String text, String status) {
    assertThat(family.readDescription(text).status()).isEqualTo(status);
  }

  /** The true board has 4 empty, 4 fresh and 1 rotten cells. */
  @Test
  void scoresTheMeanRecallOverKindsPresent() {
    assertThat(facts("--F/-FF/RF-")).isEqualTo(1);
    assertThat(facts("--F/-FF/FF-")).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(facts("--F/-FF/RFF")).isCloseTo((3.0 / 4 + 1 + 1) / 3, within(1e-12));
    assertThat(facts("--F")).isCloseTo((2.0 / 4 + 1.0 / 4) / 3, within(1e-12));
    assertThat(facts("--F/-FF/RF-/--F/-FF/RFF")).isCloseTo((3.0 / 4 + 1 + 1) / 3, within(1e-12));
    KiwiScene full = new KiwiScene(3, 3, "RFFFFFFFF");
    assertThat(family.facts(full, family.readDescription("FFF/FFF/FFF")).value()).isEqualTo(0.5);
  }

  /** What science.md 5 forbids to pay: none of these beats the best constant description. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "---/---/---",
        "FFF/FFF/FFF",
        "RRR/RRR/RRR",
        "---/---/---/FFF/FFF/FFF/RRR/RRR/RRR",
        "---/---/---/FFF/FFF/FFF",
        "RFR/FRF/RFR",
        "-FR-FR-FR",
        "FFF/FFF/FFF/FFF/FFF/FFF",
        "--F/-FF/RF-/--F/-FF/RF-/--F/-FF/RF-",
        "- or F or R in every cell"
      })
  void cheatsScoreAtMostTheBestConstant(String cheat) {
    List<Scene> scenes = family.scenes();
    double best = family.bestConstantDescription(scenes).meanFacts();
    double mean =
        scenes.stream()
            .mapToDouble(scene -> family.facts(scene, family.readDescription(cheat)).value())
            .average()
            .orElseThrow();
    assertThat(mean).isLessThanOrEqualTo(best + 1e-12);
    assertThat(best).isLessThan(0.6);
  }

  /** Repeating one's own board never pays, not even the right one. */
  @Test
  void duplicatesScoreNothing() {
    assertThat(facts("--F/-FF/RF-/--F/-FF/RF-")).isZero();
  }

  @Test
  void theBestConstantBeatsEveryOtherBoard() {
    List<Scene> sample = family.scenes().subList(100, 160);
    ConstantDescription best = family.bestConstantDescription(sample);
    double greatest = 0;
    for (int code = 0; code < 19_683; code++) {
      StringBuilder cells = new StringBuilder();
      for (int i = 0, rest = code; i < 9; i++, rest /= 3) {
        cells.append("-FR".charAt(rest % 3));
      }
      String text = KiwiText.write(new KiwiScene(3, 3, cells.toString()));
      double sum = 0;
      for (Scene scene : sample) {
        sum += family.facts(scene, family.readDescription(text)).value();
      }
      greatest = Math.max(greatest, sum / sample.size());
    }
    assertThat(best.meanFacts()).isCloseTo(greatest, within(1e-12));
  }

  @Test
  void unreachableFruitHasNoAnswer() {
    KiwiScene cut = new KiwiScene(3, 3, "F-R---FFR");
    assertThat(family.answer(Boards.ask(cut))).isEmpty();
    assertThat(family.legal(Boards.ask(cut))).isFalse();
    assertThat(family.answer(Boards.ask(truth))).contains("4");
    assertThat(family.difficulty(Boards.ask(truth)).level()).isEqualTo(4);
  }

  @Test
  void readsLongTextsInLinearTime() {
    String longText = "F-R/".repeat(2_000_000);
    assertThat(family.readDescription(longText).status()).isEqualTo("unparsable");
  }
}
