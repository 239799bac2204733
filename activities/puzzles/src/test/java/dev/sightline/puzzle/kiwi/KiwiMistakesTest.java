package dev.sightline.puzzle.kiwi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.puzzle.WrongAnswer;
import org.junit.jupiter.api.Test;

class KiwiMistakesTest {
  /**
   * Worked by hand. R F - F / - F F F: the rot takes 5 minutes along the row below; diagonally it
   * takes 3; straight to the far corner it is 4.
   */
  @Test
  void followTheWrongProcedures() {
    KiwiScene scene = new KiwiScene(2, 4, "RF-F-FFF");
    assertThat(KiwiSolver.minutes(scene)).hasValue(5);
    assertThat(KiwiMistakes.of(scene))
        .contains(
            new WrongAnswer("counts-the-start", "6"),
            new WrongAnswer("leaves-out-the-last", "4"),
            new WrongAnswer("spreads-diagonally", "3"),
            new WrongAnswer("jumps-over-gaps", "4"),
            new WrongAnswer("counts-fresh", "5"));
  }
}
