package dev.sightline.worker.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.storage.ExperimentStore;
import dev.sightline.storage.RunStore;
import dev.sightline.worker.cli.view.ProgressLine.Detail;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
  private final ExperimentView before =
      Views.experiment(
          ExperimentStore.State.RUNNING, Views.run("only_accuracy", RunStore.State.RUNNING, 9));

  @Test
  void theFirstViewTellsEverythingThatHasBegun() {
    assertThat(ProgressLine.changes(null, before, "about 2 min left", Detail.STATES))
        .containsExactly(
            "experiment                    running",
            "dataset                       done",
            "only_accuracy/1               step 9/40       reward 0.500  about 2 min left");
  }

  @Test
  void nothingNewIsNoLine() {
    assertThat(ProgressLine.changes(before, before, "about 2 min left", Detail.STEPS)).isEmpty();
  }

  @Test
  void aStepIsALineOnlyWhenStepsAreAskedFor() {
    ExperimentView now =
        Views.experiment(
            ExperimentStore.State.RUNNING, Views.run("only_accuracy", RunStore.State.RUNNING, 10));

    assertThat(ProgressLine.changes(before, now, "", Detail.STATES)).isEmpty();
    assertThat(ProgressLine.changes(before, now, "", Detail.STEPS))
        .containsExactly(
            "only_accuracy/1               step 10/40      reward 0.500  dev A 0.710 P 0.938");
  }

  @Test
  void aChangedStateIsToldWithItsReason() {
    ExperimentView now =
        Views.experiment(
            ExperimentStore.State.RUNNING,
            Views.run("only_accuracy", RunStore.State.WAITING_FOR_OPERATOR, 9));

    assertThat(ProgressLine.changes(before, now, "", Detail.STATES))
        .singleElement()
        .asString()
        .contains("only_accuracy/1", "waiting for operator", "POLICY_UNAVAILABLE");
  }

  @Test
  void linesFitTheTerminal() {
    String arm = "a".repeat(120);
    ExperimentView now =
        Views.experiment(ExperimentStore.State.RUNNING, Views.run(arm, RunStore.State.RUNNING, 10));

    assertThat(ProgressLine.changes(null, now, "about 2 min left", Detail.STEPS))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Columns.WIDTH));
  }
}
