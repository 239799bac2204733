package dev.sightline.workflow.internal;

import static dev.sightline.workflow.internal.TestStack.awaitState;
import static dev.sightline.workflow.internal.TestStack.command;
import static dev.sightline.workflow.internal.TestStack.envelope;
import static dev.sightline.workflow.internal.TestStack.experimentId;
import static dev.sightline.workflow.internal.TestStack.progress;
import static dev.sightline.workflow.internal.TestStack.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sightline.foundation.FailureType;
import dev.sightline.spec.Ids;
import dev.sightline.workflow.CommandAnswer;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.StageEnded;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.WorkflowTypes;
import dev.sightline.workflow.activity.StateRecord;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainingRunWorkflowTest {
  private final TestStack stack = new TestStack();
  private final String id = Ids.run(experimentId(), "only_accuracy", 1);

  @AfterEach
  void close() {
    stack.close();
  }

  private WorkflowStub start() {
    return stack.start(WorkflowTypes.TRAINING_RUN, id, envelope("only_accuracy", 1L));
  }

  @Test
  void runsRoundAfterRoundAndPublishes() {
    assertThat(result(start()).state()).isEqualTo(StageState.DONE);

    assertThat(stack.training.lineages()).containsExactly("L0", "L1", "L2", "L3", "L4");
    assertThat(stack.faults.calls("beginRound"))
        .containsExactly("beginRound 0 from ''", "beginRound 1 from 'L2'");
    assertThat(stack.faults.calls("applyStep"))
        .containsExactly("applyStep 0", "applyStep 1", "applyStep 2", "applyStep 3");
    assertThat(stack.faults.calls("checkpoint")).containsExactly("checkpoint L2", "checkpoint L4");
    assertThat(stack.faults.calls("evaluateDev")).hasSize(2);
    assertThat(stack.faults.calls("endRound")).containsExactly("endRound 0", "endRound 1");
    assertThat(stack.faults.calls("release")).hasSize(1);
    assertThat(stack.leases.holder()).isNull();
    assertThat(stack.experiment.announced()).containsExactly(new StageEnded(id, true, "4 steps"));
    assertThat(stack.experiment.records())
        .extracting(StateRecord::state)
        .contains(StageState.RUNNING)
        .endsWith(StageState.DONE);
    assertThat(stack.faults.calls("details")).hasSize(1);
  }

  @Test
  void restsAtARungAndGoesOnFromThereLater() {
    ObjectNode input = envelope("only_accuracy", 1L).put("untilStep", 2);
    WorkflowStub toRung = stack.start(WorkflowTypes.TRAINING_RUN, id, input);

    assertThat(result(toRung).message()).isEqualTo("rests at step 2");
    assertThat(stack.training.lineages()).containsExactly("L0", "L1", "L2");
    assertThat(stack.faults.calls("checkpoint")).containsExactly("checkpoint L2");
    assertThat(stack.faults.calls("publishRun")).isEmpty();
    assertThat(stack.leases.holder()).isNull();
    assertThat(stack.experiment.announced())
        .containsExactly(new StageEnded(id, true, "rests at step 2"));
    assertThat(result(start()).message()).isEqualTo("4 steps");
    assertThat(stack.training.lineages()).containsExactly("L0", "L1", "L2", "L3", "L4");
    // The border's round is looked at once more, for it may lack its evaluation; no step is
    // repeated.
    assertThat(stack.faults.calls("applyStep")).hasSize(4);
  }

  @Test
  void fitsAWarmStartInChunks() {
    String warm = Ids.warmStart(experimentId(), 7);
    WorkflowStub stub = stack.start(WorkflowTypes.TRAINING_RUN, warm, envelope(Ids.WARM_START, 7L));

    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
    assertThat(stack.faults.calls("fit")).containsExactly("fit 0-25", "fit 25-50", "fit 50-60");
    assertThat(stack.faults.calls("rollOut")).isEmpty();
  }

  @Test
  void samplesTiedGroupsAgainUntilNothingIsLeftToDraw() {
    stack.training.resamples(2);
    stack.faults.next("resample", FailureType.POLICY_UNKNOWN);

    assertThat(result(start()).state()).isEqualTo(StageState.DONE);
    assertThat(stack.faults.calls("score").subList(0, 3))
        .containsExactly("score 0 rollout-0", "score 0 rollout-0+", "score 0 rollout-0++");
    assertThat(stack.faults.calls("applyStep"))
        .containsExactly(
            "applyStep 0 score-0++",
            "applyStep 1 score-1++",
            "applyStep 2 score-2++",
            "applyStep 3 score-3++");
    // Four steps of three calls each, and the one that found the policy gone.
    assertThat(stack.faults.calls("resample")).hasSize(13);
  }

  @Test
  void readersAnswerBeforeTheScoreAndKeepWhatTheySaid() {
    stack.training.reads();
    stack.training.resamples(1);

    assertThat(result(start()).state()).isEqualTo(StageState.DONE);
    assertThat(stack.faults.calls("read").subList(0, 2))
        .containsExactly("read rollout-0", "read rollout-0+ readings-rollout-0");
    assertThat(stack.faults.calls("score").subList(0, 2))
        .containsExactly(
            "score 0 rollout-0 readings-rollout-0", "score 0 rollout-0+ readings-rollout-0+");
    assertThat(stack.faults.calls("applyStep").getFirst()).isEqualTo("applyStep 0 score-0+");
  }

  @Test
  void anArmMayBeginWithSupervisedSteps() {
    stack.training.supervisedAtFirst(3);

    assertThat(result(start()).state()).isEqualTo(StageState.DONE);
    assertThat(stack.faults.calls("fit")).containsExactly("fit 0-2", "fit 2-3");
    assertThat(stack.faults.calls("applyStep")).containsExactly("applyStep 3");
    assertThat(stack.faults.calls("resample")).isEmpty();
  }

  @Test
  void answersWhatIsPublishedAlready() {
    stack.training.publishedBefore();

    assertThat(result(start()).reference()).isEqualTo("checkpoint");
    assertThat(stack.faults.calls("acquire")).isEmpty();
    assertThat(stack.experiment.announced())
        .extracting(StageEnded::published)
        .containsExactly(true);
  }

  @Test
  void goesOnWhereTheRunStands() {
    stack.training.committedBefore(3);

    result(start());

    assertThat(stack.faults.calls("beginRound")).containsExactly("beginRound 1 from ''");
    assertThat(stack.faults.calls("applyStep")).containsExactly("applyStep 3");
  }

  @Test
  void bringsALostPolicyBackAndRepeatsTheStep() {
    stack.faults.next("applyStep", FailureType.POLICY_STUB_DEAD, FailureType.INCARNATION_CHANGED);

    result(start());

    assertThat(stack.training.lineages()).containsExactly("L0", "L1", "L2", "L3", "L4");
    assertThat(stack.faults.calls("applyStep"))
        .startsWith("applyStep 0", "applyStep 0", "applyStep 0", "applyStep 1");
    assertThat(stack.faults.calls("rollOut")).hasSize(4);
    assertThat(stack.faults.calls("bringTo")).hasSize(4);
  }

  @Test
  void takesALostLeaseAgain() {
    stack.faults.next("rollOut", FailureType.LEASE_LOST);

    result(start());

    assertThat(stack.faults.calls("acquire")).hasSize(3);
    assertThat(stack.training.lineages()).hasSize(5);
  }

  @Test
  void waitsForTheLeaseAsLongAsItTakes() {
    stack.leases.busyFor(25);
    stack.faults.next("acquire", FailureType.STORE_UNAVAILABLE, FailureType.STORE_UNAVAILABLE);

    assertThat(result(start()).state()).isEqualTo(StageState.DONE);
    assertThat(stack.experiment.records())
        .anySatisfy(
            record -> {
              assertThat(record.state()).isEqualTo(StageState.WAITING_FOR_POLICY);
              assertThat(record.reason()).contains("place ");
            });
  }

  @Test
  void waitsForAnOperatorWithoutTheLeaseWhenRetriesAreUsedUp() {
    stack.faults.always("bringTo", FailureType.POLICY_UNAVAILABLE);
    WorkflowStub stub = start();
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);

    assertThat(progress(stub).reason()).contains("POLICY_UNAVAILABLE", "bringTo is made to fail");
    assertThat(stack.faults.calls("bringTo")).hasSize(3);
    assertThat(stack.leases.holder()).isNull();
    assertThat(
            stub.describe()
                .getTypedSearchAttributes()
                .get(dev.sightline.workflow.SearchAttributes.STATE))
        .isEqualTo("WaitingForOperator");

    stack.faults.heal("bringTo");
    CommandAnswer answer = stub.update("retryStage", CommandAnswer.class, command("c1", null));

    assertThat(answer.outcome()).isEqualTo(CommandAnswer.Outcome.ACCEPTED);
    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
    assertThat(stack.training.lineages()).hasSize(5);
  }

  @Test
  void asksAnOperatorWhenAStepNeverSucceeds() {
    stack.faults.always("applyStep", FailureType.JOB_STUCK);
    WorkflowStub stub = start();
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);
    assertThat(stack.faults.calls("applyStep")).hasSize(3);

    stub.signal("extendBudget", new OperatorCommand("more", "ann", null, null, 2L));
    stub.signal("retryStage", command("again", null));
    TestStack.await(
        () -> stack.faults.calls("applyStep").size() == 8,
        () -> stack.faults.calls("applyStep").toString());
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);
    stack.faults.heal("applyStep");
    stub.signal("retryStage", command("once more", null));

    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
  }

  @Test
  void asksAtOnceAboutALostCheckpointAndGoesOnWithoutIt() {
    stack.faults.always("applyStep", FailureType.POLICY_STUB_DEAD);
    WorkflowStub stub = start();
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);
    stack.faults.heal("applyStep");
    stack.faults.next("bringTo", FailureType.CHECKPOINT_CORRUPT, FailureType.CHECKPOINT_MISSING);
    int before = stack.faults.calls("bringTo").size();

    stub.signal("retryStage", command("first", null));
    awaitReason(stub, "CHECKPOINT_CORRUPT");
    assertThat(stack.leases.holder()).isNull();
    stub.signal("retryStage", command("second", null));
    awaitReason(stub, "CHECKPOINT_MISSING");
    stub.signal("retryStage", command("third", null));

    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
    List<String> calls = stack.faults.calls("bringTo");
    assertThat(calls.subList(before, before + 3))
        .as("each loss is asked about once, never tried again unasked")
        .containsExactly(
            "bringTo L0", "bringTo L0 without the lost", "bringTo L0 without the lost");
    assertThat(calls.subList(before + 3, calls.size()))
        .as("the word holds until the policy is whole, not longer")
        .noneMatch(call -> call.endsWith("lost"));
    assertThat(stack.training.lineages()).containsExactly("L0", "L1", "L2", "L3", "L4");
  }

  @Test
  void anExplodedLossIsRefusedAndAPersonDecides() {
    stack.faults.always("applyStep", FailureType.NOT_FINITE);
    WorkflowStub stub = start();
    awaitReason(stub, "NOT_FINITE: applyStep is made to fail");

    assertThat(stack.faults.calls("applyStep")).as("the same step gives the same NaN").hasSize(1);
    assertThat(stack.training.lineages()).containsExactly("L0");
    assertThat(stack.leases.holder()).isNull();
    stub.update("retryStage", CommandAnswer.class, command("again", null));
    TestStack.await(
        () -> stack.faults.calls("applyStep").size() == 2,
        () -> stack.faults.calls("applyStep").toString());
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);
    stub.update("skipArm", CommandAnswer.class, command("enough", null));
    assertThatThrownBy(() -> result(stub)).cause().hasMessageContaining("Skipped by ann");
    assertThat(stack.training.lineages()).containsExactly("L0");
  }

  private static void awaitReason(WorkflowStub stub, String words) {
    TestStack.await(
        () ->
            progress(stub).state() == StageState.WAITING_FOR_OPERATOR
                && String.valueOf(progress(stub).reason()).contains(words),
        () -> "progress is " + progress(stub));
  }

  @Test
  void pausesAtASafePointAndGoesOn() {
    CountDownLatch latch = new CountDownLatch(1);
    stack.training.hold(latch);
    WorkflowStub stub = start();
    TestStack.await(() -> !stack.faults.calls("rollOut").isEmpty(), () -> "no rollout");
    stub.update("pause", CommandAnswer.class, command("p", null));
    latch.countDown();
    awaitState(stub, StageState.PAUSED);

    assertThat(stack.leases.holder()).isNull();
    assertThat(stack.faults.calls("checkpoint")).containsExactly("checkpoint L1");
    assertThat(stack.training.lineages()).containsExactly("L0", "L1");
    assertThatThrownBy(() -> stub.update("pause", CommandAnswer.class, command("p2", null)))
        .isInstanceOf(WorkflowUpdateException.class)
        .rootCause()
        .hasMessageContaining("it is paused already");
    assertThat(stub.update("pause", CommandAnswer.class, command("p", null)).outcome())
        .isEqualTo(CommandAnswer.Outcome.DUPLICATE);

    stack.training.losePolicy();
    stub.signal("resume", command("r", null));
    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
    assertThat(stack.training.lineages()).hasSize(5);
    assertThat(audit()).contains("pause ACCEPTED", "pause DUPLICATE", "resume ACCEPTED");
  }

  @Test
  void aPauseOfDaysHoldsNothingDoesNothingAndChangesNoResult() {
    CountDownLatch latch = new CountDownLatch(1);
    stack.training.hold(latch);
    WorkflowStub stub = start();
    TestStack.await(() -> !stack.faults.calls("rollOut").isEmpty(), () -> "no rollout");
    stub.update("pause", CommandAnswer.class, command("p", null));
    latch.countDown();
    awaitState(stub, StageState.PAUSED);
    assertThat(stack.leases.holder()).isNull();
    List<String> before = stack.faults.calls();
    long now = stack.environment.currentTimeMillis();

    stack.environment.sleep(Duration.ofDays(5));

    assertThat(stack.environment.currentTimeMillis() - now)
        .isGreaterThanOrEqualTo(Duration.ofDays(5).toMillis());
    assertThat(progress(stub).state()).isEqualTo(StageState.PAUSED);
    assertThat(stack.faults.calls())
        .filteredOn(call -> !call.startsWith("record") && !call.startsWith("details"))
        .isEqualTo(
            before.stream()
                .filter(call -> !call.startsWith("record") && !call.startsWith("details"))
                .toList());
    // Meanwhile others used the server.
    stack.training.losePolicy();
    stub.update("resume", CommandAnswer.class, command("r", null));

    assertThat(result(stub).message()).isEqualTo("4 steps");
    assertThat(stack.training.lineages()).containsExactly("L0", "L1", "L2", "L3", "L4");
    assertThat(stack.faults.calls("applyStep"))
        .containsExactly("applyStep 0", "applyStep 1", "applyStep 2", "applyStep 3");
    assertThat(stack.faults.calls("acquire")).hasSizeGreaterThanOrEqualTo(2);
    assertThat(stack.leases.holder()).isNull();
  }

  @Test
  void carriesThePauseOverTheRound() {
    CountDownLatch latch = new CountDownLatch(1);
    WorkflowStub stub = start();
    stack.training.hold(latch);
    // The last step of a round: the safe point after it lies in the next history.
    stack.faults.calls();
    TestStack.await(() -> !stack.faults.calls("rollOut").isEmpty(), () -> "no rollout");
    stub.signal("pause", command("p", null));
    latch.countDown();
    awaitState(stub, StageState.PAUSED);
    stub.signal("resume", command("r", null));
    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
  }

  @Test
  void refusedSignalsBecomeAuditRows() {
    CountDownLatch latch = new CountDownLatch(1);
    stack.training.hold(latch);
    WorkflowStub stub = start();
    TestStack.await(() -> !stack.faults.calls("rollOut").isEmpty(), () -> "no rollout");
    stub.signal("resume", command("r", null));
    stub.signal("retryStage", new OperatorCommand("", "ann", null, null, null));
    stub.signal("skipArm", command("s", "train/no_such_arm/1"));
    stub.signal("abort");
    TestStack.await(() -> audit().size() == 4, () -> audit().toString());
    latch.countDown();

    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
    assertThat(audit())
        .containsExactly(
            "resume REFUSED", "retryStage REFUSED", "skipArm REFUSED", "abort REFUSED");
  }

  @Test
  void abortEndsAtOnceGivesTheLeaseBackAndCanBeStartedAgain() {
    CountDownLatch latch = new CountDownLatch(1);
    stack.training.hold(latch);
    WorkflowStub stub = start();
    TestStack.await(() -> !stack.faults.calls("rollOut").isEmpty(), () -> "no rollout");
    stub.update("abort", CommandAnswer.class, command("a", null));

    assertThatThrownBy(() -> result(stub))
        .isInstanceOf(WorkflowFailedException.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("ABORTED");
              assertThat(failure.getOriginalMessage()).isEqualTo("Aborted by ann: because");
            });
    latch.countDown();
    assertThat(stack.leases.holder()).isNull();
    assertThat(stack.experiment.announced())
        .containsExactly(new StageEnded(id, false, "Aborted by ann: because"));
    assertThat(stack.experiment.records().getLast().state()).isEqualTo(StageState.ABORTED);
  }

  @Test
  void anArmCanBeSkippedButNotTheWarmStart() {
    stack.faults.always("openRun", FailureType.STAGE_FAILED);
    WorkflowStub arm = start();
    awaitState(arm, StageState.WAITING_FOR_OPERATOR);
    arm.update("skipArm", CommandAnswer.class, command("s", null));
    assertThatThrownBy(() -> result(arm)).cause().hasMessageContaining("Skipped by ann");

    WorkflowStub warm =
        stack.start(
            WorkflowTypes.TRAINING_RUN,
            Ids.warmStart(experimentId(), 7),
            envelope(Ids.WARM_START, 7L));
    awaitState(warm, StageState.WAITING_FOR_OPERATOR);
    assertThatThrownBy(() -> warm.update("skipArm", CommandAnswer.class, command("s", null)))
        .rootCause()
        .hasMessageContaining("cannot be skipped; abort it instead");
  }

  @Test
  void cancellationFromOutsideReleasesAndAnnounces() {
    CountDownLatch latch = new CountDownLatch(1);
    stack.training.hold(latch);
    WorkflowStub stub = start();
    TestStack.await(() -> !stack.faults.calls("rollOut").isEmpty(), () -> "no rollout");
    stub.cancel();
    assertThatThrownBy(() -> result(stub)).isInstanceOf(WorkflowFailedException.class);
    latch.countDown();

    assertThat(stack.leases.holder()).isNull();
    assertThat(stack.experiment.announced())
        .extracting(StageEnded::published)
        .containsExactly(false);
  }

  private List<String> audit() {
    return stack.experiment.records().stream()
        .flatMap(record -> record.audit().stream())
        .map(entry -> entry.command() + " " + entry.outcome())
        .toList();
  }
}
