package dev.sightline.worker.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.storage.ExperimentStore;
import dev.sightline.storage.RunStore;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatusTextTest {
  @Test
  void oneExperimentShowsStagesRunsAndTheShareThatIsDone() {
    ExperimentView view =
        Views.experiment(
            ExperimentStore.State.RUNNING,
            Views.run("only_accuracy", RunStore.State.COMPLETED, 40),
            Views.run("perception_facts", RunStore.State.RUNNING, 20));

    List<String> lines = StatusText.one(view, "about 30 s left");

    assertThat(lines)
        .contains(
            "demo-0123456789ab  Does it show?",
            "[###############.....]  running  train/only_accuracy/1  2/4 stages  about 30 s left",
            "  train/perception_facts/1  running",
            "  run                  step  round  reward   loss  dev A  dev P  state      policy",
            "  only_accuracy/1     40/40    4/4   0.500  0.000  0.710  0.938  completed",
            "  perception_facts/1  20/40    3/4   0.500  0.000  0.710  0.938  running    holds policy")
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Columns.WIDTH));
  }

  @Test
  void whatWaitsIsToldWithTheCommandThatHelps() {
    ExperimentView view =
        Views.experiment(
            ExperimentStore.State.RUNNING,
            Views.run("only_accuracy", RunStore.State.WAITING_FOR_OPERATOR, 3));

    assertThat(StatusText.one(view, ""))
        .contains(
            "Waiting for an operator:",
            "  train/only_accuracy/1: POLICY_UNAVAILABLE: no answer",
            "  what it means: deploy/RUNBOOK.md#policy_unavailable",
            "  when the cause is gone: sightline retry demo-0123456789ab");
  }

  @Test
  void nothingWaitsInAnExperimentThatIsOver() {
    ExperimentView view =
        Views.experiment(
            ExperimentStore.State.ABORTED,
            Views.run("only_accuracy", RunStore.State.WAITING_FOR_OPERATOR, 3));

    assertThat(view.waiting()).isEmpty();
    assertThat(view.estimatedLeft()).isZero();
  }

  @Test
  void numbersAndDurationsAreShort() {
    assertThat(Words.duration(59.4)).isEqualTo("59 s");
    assertThat(Words.duration(200)).isEqualTo("3 min 20 s");
    assertThat(Words.duration(7500)).isEqualTo("2 h 5 min");
    assertThat(Words.duration(-1)).isEqualTo("0 s");
    assertThat(Words.rate(null)).isEqualTo("-");
    assertThat(Words.rate(-0.00001)).isEqualTo("0.000");
    assertThat(Words.of(RunStore.State.WAITING_FOR_POLICY)).isEqualTo("waiting for policy");
  }

  @Test
  void longReasonsAreWrappedAtBlanks() {
    assertThat(Columns.wrap("  ", "word ".repeat(60)))
        .hasSizeGreaterThan(1)
        .allSatisfy(line -> assertThat(line).startsWith("  word").hasSizeLessThanOrEqualTo(100));
  }
}
