package dev.sightline.workflow.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.workflow.StageState;
import dev.sightline.workflow.activity.PlannedStage;
import dev.sightline.workflow.activity.StageKind;
import dev.sightline.workflow.internal.command.CommandContext.Standing;
import dev.sightline.workflow.internal.fake.FakeExperiment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AblationProgressTest {
  private static final PlannedStage DATASET =
      FakeExperiment.stage("dataset", StageKind.DATASET, null, null);
  private static final PlannedStage TRAIN_A =
      FakeExperiment.stage("train/a/1", StageKind.TRAINING, "a", 1L);
  private static final PlannedStage TRAIN_A2 =
      FakeExperiment.stage("train/a/2", StageKind.TRAINING, "a", 2L);
  private static final PlannedStage EVALUATE_A =
      FakeExperiment.stage("evaluate/a/1", StageKind.EVALUATION, "a", 1L);
  private static final PlannedStage EVALUATE_A2 =
      FakeExperiment.stage("evaluate/a/2", StageKind.EVALUATION, "a", 2L);
  private static final PlannedStage REPORT =
      FakeExperiment.stage("report", StageKind.REPORT, null, null);
  private static final List<List<PlannedStage>> GROUPS =
      List.of(
          List.of(DATASET),
          List.of(TRAIN_A, TRAIN_A2),
          List.of(EVALUATE_A, EVALUATE_A2),
          List.of(REPORT));

  private static AblationProgress fresh() {
    return new AblationProgress(GROUPS, Map.of());
  }

  @Test
  void aGroupStartsWhenTheOneBeforeItHasEnded() {
    AblationProgress progress = fresh();
    assertThat(progress.ready()).containsExactly(DATASET);
    progress.running("dataset", "dataset/1", null);
    assertThat(progress.ready()).isEmpty();
    progress.done("dataset", "manifest");
    assertThat(progress.ready()).containsExactly(TRAIN_A, TRAIN_A2);
    progress.running("train/a/1", "run/1", null);
    assertThat(progress.ready()).containsExactly(TRAIN_A2);
    progress.done("train/a/2", "checkpoint");
    assertThat(progress.ready()).isEmpty();
  }

  @Test
  void aFailedStageHoldsItsGroupUntilItIsTriedAgain() {
    AblationProgress progress = fresh();
    progress.failed("dataset", "broken");
    assertThat(progress.ready()).isEmpty();
    assertThat(progress.finished()).isFalse();
    progress.again("dataset");
    assertThat(progress.ready()).containsExactly(DATASET);
  }

  @Test
  void skippingARunSkipsItsEvaluationOnly() {
    AblationProgress progress = fresh();
    progress.done("dataset", "manifest");
    progress.skip("train/a/1", "skipped by ann");
    assertThat(progress.skipped()).containsExactly("train/a/1", "evaluate/a/1");
    progress.done("train/a/2", "checkpoint");
    assertThat(progress.ready()).containsExactly(EVALUATE_A2);
    progress.done("evaluate/a/2", "evaluation");
    assertThat(progress.ready()).containsExactly(REPORT);
    progress.done("report", "json");
    assertThat(progress.finished()).isTrue();
  }

  @Test
  void statesSurviveContinueAsNewAndRunningStagesAreAttachedAgain() {
    AblationProgress progress = fresh();
    progress.done("dataset", "manifest");
    progress.running("train/a/1", "run/1", null);
    progress.paused("train/a/1", true);
    progress.failed("train/a/2", "broken");
    Map<String, StageState> states = progress.states();
    assertThat(states)
        .containsOnly(
            Map.entry("dataset", StageState.DONE),
            Map.entry("train/a/1", StageState.PAUSED),
            Map.entry("train/a/2", StageState.WAITING_FOR_OPERATOR));

    AblationProgress next = new AblationProgress(GROUPS, states);
    assertThat(next.ready()).containsExactly(TRAIN_A);
    next.running("train/a/1", "run/1", null);
    assertThat(next.entry("train/a/1").standing()).isEqualTo(Standing.PAUSED);
    assertThat(next.failed()).hasSize(1);
  }

  @Test
  void onlyArmsAreMarkedAsArms() {
    assertThat(fresh().targets().entrySet().stream().filter(entry -> entry.getValue().arm()))
        .extracting(Map.Entry::getKey)
        .containsExactly("train/a/1", "train/a/2", "evaluate/a/1", "evaluate/a/2");
  }

  @Test
  void aTargetNamedTwiceIsAMistakeOfThePlan() {
    assertThatThrownBy(
            () -> new AblationProgress(List.of(List.of(DATASET), List.of(DATASET)), Map.of()))
        .hasMessageContaining("dataset twice");
  }
}
