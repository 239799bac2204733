package dev.sightline.workflow.internal;

import static dev.sightline.workflow.internal.TestStack.awaitState;
import static dev.sightline.workflow.internal.TestStack.envelope;
import static dev.sightline.workflow.internal.TestStack.experimentId;
import static dev.sightline.workflow.internal.TestStack.progress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.spec.Ids;
import dev.sightline.workflow.CommandAnswer;
import dev.sightline.workflow.CommandKind;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.WorkflowTypes;
import dev.sightline.workflow.internal.fake.FakeDataset;
import dev.sightline.workflow.internal.fake.FakeEvaluation;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Commands at wrong moments reach real workflows: the refusal comes back in their own words, and
 * the workflow stands where it stood. The whole table is in {@code command.WrongMomentsTest}.
 */
class WrongMomentsWorkflowTest {
  private final TestStack stack = new TestStack();
  private int commands;

  @AfterEach
  void close() {
    stack.close();
  }

  private WorkflowStub start(String type) {
    return switch (type) {
      case "ablation" ->
          stack.start(
              WorkflowTypes.REWARD_ABLATION, Ids.ablation(experimentId()), TestStack.spec());
      case "dataset" ->
          stack.start(
              WorkflowTypes.DATASET_GENERATION,
              Ids.dataset(new Digest(FakeDataset.DATASET)),
              envelope(null, null));
      case "run" ->
          stack.start(
              WorkflowTypes.TRAINING_RUN,
              Ids.run(experimentId(), "only_accuracy", 1),
              envelope("only_accuracy", 1L));
      case "evaluation" ->
          stack.start(
              WorkflowTypes.EVALUATION,
              Ids.evaluation(new Digest(FakeEvaluation.EVALUATION)),
              envelope("baseline", 7L));
      default -> throw new IllegalArgumentException(type);
    };
  }

  private void accepted(WorkflowStub stub, CommandKind kind, @Nullable Long amount) {
    OperatorCommand command = new OperatorCommand("c" + commands++, "ann", "because", null, amount);
    assertThat(stub.update(kind.wireName(), CommandAnswer.class, command).outcome())
        .isEqualTo(CommandAnswer.Outcome.ACCEPTED);
  }

  private void refused(WorkflowStub stub, CommandKind kind, String why) {
    StageState before = progress(stub).state();
    OperatorCommand command = new OperatorCommand("c" + commands++, "ann", null, null, null);
    assertThatThrownBy(() -> stub.update(kind.wireName(), CommandAnswer.class, command))
        .rootCause()
        .hasMessageContaining(why);
    assertThat(progress(stub).state()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "ablation, plan",
    "dataset, planShards",
    "run, openRun",
    "evaluation, open",
  })
  void whatWaitsForAnOperatorRefusesTheRestAndTakesNothingOnceItHasEnded(
      String type, String fails) {
    stack.faults.always(fails, FailureType.STAGE_FAILED);
    boolean skippable = type.equals("run") || type.equals("evaluation");
    String legal = "retryStage, " + (skippable ? "skipArm, " : "") + "extendBudget, abort";
    WorkflowStub stub = start(type);
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);

    refused(stub, CommandKind.RESUME, "it is not paused; legal now: pause, " + legal);
    refused(stub, CommandKind.EXTEND_BUDGET, "amount is missing");
    accepted(stub, CommandKind.EXTEND_BUDGET, 2L);
    accepted(stub, CommandKind.PAUSE, null);
    refused(stub, CommandKind.PAUSE, "it is paused already; legal now: resume, " + legal);
    accepted(stub, CommandKind.RESUME, null);
    if (!skippable) {
      refused(stub, CommandKind.SKIP_ARM, "cannot be skipped; abort it instead; legal now: pause");
    }
    accepted(stub, CommandKind.ABORT, null);
    assertThatThrownBy(() -> TestStack.result(stub)).isInstanceOf(WorkflowException.class);

    for (CommandKind kind : CommandKind.values()) {
      assertThatThrownBy(() -> accepted(stub, kind, 1L))
          .as(kind.wireName())
          .isInstanceOf(WorkflowNotFoundException.class);
    }
    // What was refused before its validator left no trace; what was accepted did.
    List<String> audit = new ArrayList<>();
    stack.experiment.records().forEach(r -> r.audit().forEach(e -> audit.add(e.outcome())));
    assertThat(audit).containsOnly("ACCEPTED").hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({"run", "evaluation"})
  void whatWaitsForAPolicyCanBePausedAndSkippedButNotRetried(String type) {
    CountDownLatch latch = new CountDownLatch(1);
    stack.leases.hold(latch);
    WorkflowStub stub = start(type);
    awaitState(stub, StageState.WAITING_FOR_POLICY);

    refused(
        stub,
        CommandKind.RETRY_STAGE,
        "its state is WaitingForPolicy; legal now: pause, skipArm, extendBudget, abort");
    refused(stub, CommandKind.RESUME, "it is not paused");
    accepted(stub, CommandKind.PAUSE, null);
    refused(
        stub,
        CommandKind.PAUSE,
        "it is paused already; legal now: resume, skipArm, extendBudget, abort");
    latch.countDown();
    awaitState(stub, StageState.PAUSED);
    refused(stub, CommandKind.RETRY_STAGE, "its state is Paused; legal now: resume, skipArm");
    accepted(stub, CommandKind.SKIP_ARM, null);
    assertThatThrownBy(() -> TestStack.result(stub)).cause().hasMessageContaining("Skipped by ann");
    assertThat(stack.leases.holder()).isNull();
  }

  @Test
  void aRunningAblationNamesItsStages() {
    WorkflowStub stub = start("ablation");
    awaitState(stub, StageState.WAITING_FOR_STAGE);

    refused(stub, CommandKind.SKIP_ARM, "target is empty; arms are train/only_accuracy/1");
    refused(
        stub, CommandKind.RESUME, "it is not paused; legal now: pause, retryStage, extendBudget");
    accepted(stub, CommandKind.ABORT, null);
    assertThatThrownBy(() -> TestStack.result(stub)).isInstanceOf(WorkflowException.class);
  }
}
