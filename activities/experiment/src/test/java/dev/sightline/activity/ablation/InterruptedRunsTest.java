package dev.sightline.activity.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.Digest;
import dev.sightline.report.Interruptions.Lost;
import dev.sightline.report.Interruptions.Round;
import dev.sightline.report.Interruptions.Run;
import dev.sightline.report.Interruptions.Why;
import dev.sightline.storage.InterruptionStore.Draw;
import dev.sightline.storage.InterruptionStore.DrawIdentity;
import dev.sightline.storage.InterruptionStore.Look;
import dev.sightline.storage.InterruptionStore.Repeated;
import dev.sightline.storage.InterruptionStore.Return;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.StepIdentity;
import dev.sightline.storage.StepLedger;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptedRunsTest {
  private static final String RUN = "x/a/1";

  private static StepLedger.Step step(
      int branch, int round, int step, int attempts, String incarnation) {
    return new StepLedger.Step(
        new StepIdentity(RUN, branch, round, step),
        Digest.ofText("before " + step),
        Digest.ofText("batch " + step),
        null,
        null,
        List.of(),
        StepLedger.State.COMMITTED,
        attempts,
        false,
        1,
        Digest.ofText("before " + (step + 1)),
        null,
        null,
        incarnation);
  }

  private static Draw came(int branch, int round, int step, String incarnation, Integer... tokens) {
    return new Draw(
        new DrawIdentity(RUN, branch, round, step, 0, incarnation),
        tokens.length,
        new Look(List.of(tokens), List.of()),
        Digest.ofText(incarnation + branch + step));
  }

  private static Run run(
      List<StepLedger.Step> live,
      List<RunStore.Branch> branches,
      List<Draw> draws,
      List<Return> returns,
      List<Repeated> repeated) {
    return new InterruptedRuns(live, branches, draws, returns, repeated).run("a", 1);
  }

  @Test
  void aRunThatWentThroughAtOnceNamesNothing() {
    assertThat(
            run(
                List.of(step(0, 0, 1, 1, "i"), step(0, 0, 2, 1, "i"), step(0, 1, 3, 1, "j")),
                List.of(new RunStore.Branch(RUN, 0, null, null, 0, "first")),
                List.of(came(0, 0, 1, "i", 4, 5), came(0, 0, 2, "i", 4, 5)),
                // It rested between the rounds, and another server took it up.
                List.of(new Return(RUN, 0, 1, 7, Digest.ofText("before 3"), true, 0)),
                List.of()))
        .isEqualTo(new Run("a", 1, 2, List.of(), List.of()));
  }

  @Test
  void namesRepeatedEffectsRestartsReturnsAndRoundsBegunAnew() {
    Run run =
        run(
            List.of(
                step(0, 0, 1, 1, "i"),
                step(0, 0, 2, 3, "i"),
                step(0, 1, 3, 1, "i"),
                step(0, 1, 4, 1, "j"),
                step(0, 2, 5, 1, "j"),
                step(1, 3, 6, 1, "j"),
                step(1, 4, 7, 1, "j")),
            List.of(
                new RunStore.Branch(RUN, 0, null, null, 0, "first"),
                new RunStore.Branch(RUN, 1, 0, Digest.ofText("before 6"), 3, "reset")),
            List.of(),
            List.of(new Return(RUN, 0, 1, 7, Digest.ofText("before 4"), true, 1)),
            List.of(
                new Repeated(RUN, 0, 2, 5, "Training_EvaluateDev", 2),
                new Repeated(RUN, 0, 4, 6, "Training_ApplyStep", 9)));

    assertThat(run.rounds()).isEqualTo(5);
    assertThat(run.interrupted())
        .as("round 4 went through at once: its repeat was on the branch before")
        .containsExactly(
            new Round(0, 1, 2, 3, 0, 0, 0, 0),
            new Round(1, 3, 4, 1, 1, 1, 0, 0),
            new Round(2, 5, 5, 2, 0, 0, 0, 0),
            new Round(3, 6, 6, 1, 0, 0, 0, 1));
  }

  @Test
  void lostDrawsStandBesideWhatTookTheirPlace() {
    Draw unseen = new Draw(new DrawIdentity(RUN, 0, 0, 1, 0, "i"), 3, null, null);
    Draw cutOff =
        new Draw(
            new DrawIdentity(RUN, 0, 0, 1, 0, "j"),
            3,
            new Look(List.of(4, 6, 6), List.of(1, 2)),
            null);
    Run run =
        run(
            List.of(step(0, 0, 1, 1, "k"), step(1, 1, 2, 1, "k")),
            List.of(
                new RunStore.Branch(RUN, 0, null, null, 0, "first"),
                new RunStore.Branch(RUN, 1, 0, Digest.ofText("before 2"), 1, "reset")),
            List.of(
                unseen,
                cutOff,
                came(0, 0, 1, "k", 4, 9, 7),
                came(0, 1, 2, "k", 3, 3, 3),
                came(1, 1, 2, "k", 3, 3, 4)),
            List.of(),
            List.of());

    assertThat(run.lost())
        .containsExactly(
            new Lost(1, Why.DRAWN_AGAIN, 3, List.of(), List.of(), List.of(4, 9, 7)),
            new Lost(1, Why.DRAWN_AGAIN, 3, List.of(4, 6, 6), List.of(1, 2), List.of(4, 9, 7)),
            new Lost(2, Why.GIVEN_UP, 3, List.of(3, 3, 3), List.of(), List.of(3, 3, 4)));
    assertThat(run.interrupted()).extracting(Round::lostDraws).containsExactly(2, 1);
  }

  @Test
  void aDrawWhoseComingACrashForgotIsNoLoss() {
    Draw forgotten = new Draw(new DrawIdentity(RUN, 0, 0, 1, 0, "i"), 3, null, null);
    assertThat(
            run(List.of(step(0, 0, 1, 1, "i")), List.of(), List.of(forgotten), List.of(), List.of())
                .lost())
        .isEmpty();
  }
}
