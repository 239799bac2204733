package dev.sightline.activity.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.Digest;
import dev.sightline.storage.StepIdentity;
import dev.sightline.storage.StepLedger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterruptedRoundsTest {
  private static StepLedger.Step step(
      int branch, int round, int step, int attempts, String incarnation) {
    return new StepLedger.Step(
        new StepIdentity("x/a/1", branch, round, step),
        Digest.ofText("before " + step),
        Digest.ofText("batch " + step),
        null,
        null,
        List.of(),
        StepLedger.State.COMMITTED,
        attempts,
        false,
        1,
        Digest.ofText("after " + step),
        null,
        null,
        incarnation);
  }

  @Test
  void aRoundThatWentThroughAtOnceIsNotNamed() {
    assertThat(InterruptedRounds.of(List.of())).isEmpty();
    assertThat(InterruptedRounds.of(List.of(step(0, 0, 1, 1, "i"), step(0, 0, 2, 1, "i"))))
        .isEmpty();
  }

  @Test
  void namesRepeatedStepsOtherServersAndReplacedRounds() {
    assertThat(
            InterruptedRounds.of(
                List.of(
                    step(0, 0, 1, 1, "i"),
                    step(0, 0, 2, 3, "i"),
                    step(0, 1, 3, 1, "i"),
                    step(0, 1, 4, 1, "j"),
                    step(0, 2, 5, 1, "j"),
                    step(1, 3, 6, 1, "j"))))
        .containsExactly(
            Map.of("round", 0, "attempts", 3, "restarts", 0, "branch", 0),
            Map.of("round", 1, "attempts", 1, "restarts", 1, "branch", 0),
            Map.of("round", 3, "attempts", 1, "restarts", 0, "branch", 1));
  }
}
