package dev.sightline.workflow.internal;

import static dev.sightline.workflow.internal.TestStack.awaitState;
import static dev.sightline.workflow.internal.TestStack.command;
import static dev.sightline.workflow.internal.TestStack.experimentId;
import static dev.sightline.workflow.internal.TestStack.progress;
import static dev.sightline.workflow.internal.TestStack.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.FailureType;
import dev.sightline.spec.Ids;
import dev.sightline.workflow.Carried;
import dev.sightline.workflow.CommandAnswer;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.Progress;
import dev.sightline.workflow.StageEnded;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.WorkflowTypes;
import dev.sightline.workflow.activity.ReportRequest;
import dev.sightline.workflow.internal.fake.FakeExperiment;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RewardAblationWorkflowTest {
  private static final List<String> STAGES =
      List.of(
          "dataset",
          "warm-start/7",
          "train/only_accuracy/1",
          "train/perception_facts/1",
          "evaluate/only_accuracy/1",
          "evaluate/perception_facts/1");

  private final TestStack stack = new TestStack();
  private final String id = Ids.ablation(experimentId());

  @AfterEach
  void close() {
    stack.close();
  }

  private WorkflowStub start() {
    return stack.start(WorkflowTypes.REWARD_ABLATION, id, TestStack.spec());
  }

  private void publishAll() {
    STAGES.forEach(stack.experiment::publish);
  }

  private void awaitStage(WorkflowStub stub, String target, StageState state) {
    TestStack.await(
        () ->
            progress(stub).stages().stream()
                .anyMatch(line -> line.target().equals(target) && line.state() == state),
        () -> target + " is not " + state + " in " + progress(stub));
  }

  private void ends(WorkflowStub stub, String target, boolean published) {
    if (published) {
      stack.experiment.publish(target);
    } else {
      stack.experiment.fails(target, "Aborted by bob");
    }
    stub.signal(
        "stageEnded", new StageEnded(FakeExperiment.workflowId(target), published, "ended"));
  }

  @Test
  void takesWhatIsPublishedAndWritesTheReport() {
    publishAll();
    WorkflowStub stub = start();

    assertThat(result(stub).reference()).isEqualTo("json-digest");
    assertThat(stack.faults.calls("ensure")).hasSize(6);
    assertThat(stack.faults.calls("lookUp")).isEmpty();
    assertThat(stack.experiment.reports())
        .containsExactly(new ReportRequest(experimentId(), List.of(), false));
    Progress end = progress(stub);
    assertThat(end.done()).isEqualTo(7);
    assertThat(end.stages()).extracting(Progress.StageLine::state).containsOnly(StageState.DONE);
    assertThat(stack.experiment.announced()).isEmpty();
  }

  @Test
  void theDetailsOfAnEndedAblationAreReadBehindAllElse() {
    publishAll();
    WorkflowStub stub = start();

    result(stub);
    assertThat(stack.faults.calls("details")).as("at its begin and at its end").hasSize(2);
    List<String> calls = stack.faults.calls();
    assertThat(calls.getLast()).startsWith("details");
    assertThat(calls.get(calls.size() - 2)).startsWith("record");
  }

  @Test
  void theDetailsOfACancelledAblationAreReadBehindAllElseToo() {
    WorkflowStub stub = start();
    awaitStage(stub, "dataset", StageState.RUNNING);
    stub.cancel();

    assertThatThrownBy(() -> result(stub)).isInstanceOf(WorkflowFailedException.class);
    assertThat(stack.faults.calls().getLast()).startsWith("details");
  }

  @Test
  void runsStagesOfAGroupSideBySideAndGroupsOneAfterAnother() {
    WorkflowStub stub = start();
    awaitStage(stub, "dataset", StageState.RUNNING);
    assertThat(progress(stub).state()).isEqualTo(StageState.WAITING_FOR_STAGE);
    assertThat(stack.faults.calls("ensure")).containsExactly("ensure dataset");
    ends(stub, "dataset", true);
    awaitStage(stub, "warm-start/7", StageState.RUNNING);
    ends(stub, "warm-start/7", true);
    awaitStage(stub, "train/only_accuracy/1", StageState.RUNNING);
    awaitStage(stub, "train/perception_facts/1", StageState.RUNNING);
    ends(stub, "train/perception_facts/1", true);
    awaitStage(stub, "train/perception_facts/1", StageState.DONE);
    awaitStage(stub, "evaluate/only_accuracy/1", StageState.WAITING_FOR_STAGE);
    ends(stub, "train/only_accuracy/1", true);
    stack.experiment.publish("evaluate/only_accuracy/1");
    stack.experiment.publish("evaluate/perception_facts/1");

    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
  }

  @Test
  void findsTheEndOfAStageWhoseSignalWasLost() {
    publishAll();
    stack.experiment.runs("dataset");
    WorkflowStub stub = start();
    awaitStage(stub, "dataset", StageState.RUNNING);
    stack.experiment.publish("dataset");

    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
    assertThat(stack.faults.calls("lookUp")).isNotEmpty();
  }

  @Test
  void aFailedStageWaitsForAnOperatorAndStartsAgain() {
    publishAll();
    stack.experiment.runs("warm-start/7");
    WorkflowStub stub = start();
    awaitStage(stub, "warm-start/7", StageState.RUNNING);
    ends(stub, "warm-start/7", false);
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);
    assertThat(progress(stub).reason()).isEqualTo("warm-start/7: Aborted by bob");

    stub.update("retryStage", CommandAnswer.class, command("again", "warm-start/7"));
    awaitStage(stub, "warm-start/7", StageState.RUNNING);
    ends(stub, "warm-start/7", true);
    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
    assertThat(stack.faults.calls("ensure").stream().filter("ensure warm-start/7"::equals))
        .hasSize(2);
  }

  @Test
  void anEnsureThatUsesUpItsRetriesWaitsForAnOperator() {
    publishAll();
    stack.faults.always("ensure", FailureType.STORE_UNAVAILABLE);
    WorkflowStub stub = start();
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);
    assertThat(stack.faults.calls("ensure")).hasSize(3);
    stack.faults.heal("ensure");
    stub.signal("retryStage", command("again", null));

    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
  }

  @Test
  void aSkippedArmSkipsItsEvaluationAndIsNamedInTheReport() {
    publishAll();
    stack.experiment.runs("train/only_accuracy/1");
    WorkflowStub stub = start();
    awaitStage(stub, "train/only_accuracy/1", StageState.RUNNING);
    assertThatThrownBy(
            () -> stub.update("skipArm", CommandAnswer.class, command("s1", "train/nobody/1")))
        .rootCause()
        .hasMessageContaining("unknown target 'train/nobody/1'")
        .hasMessageContaining("train/only_accuracy/1");
    assertThatThrownBy(() -> stub.update("skipArm", CommandAnswer.class, command("s2", "dataset")))
        .rootCause()
        .hasMessageContaining("dataset has ended already");
    stub.update("skipArm", CommandAnswer.class, command("s3", "train/only_accuracy/1"));

    assertThat(result(stub).message()).contains("skipped");
    assertThat(stack.experiment.reports())
        .containsExactly(
            new ReportRequest(
                experimentId(),
                List.of("train/only_accuracy/1", "evaluate/only_accuracy/1"),
                false));
    assertThat(stack.faults.calls("ensure")).doesNotContain("ensure evaluate/only_accuracy/1");
    // The stage's workflow is not there: that is recorded and fails nothing.
    assertThat(stack.experiment.records().stream().flatMap(record -> record.audit().stream()))
        .anySatisfy(
            entry -> {
              assertThat(entry.command()).isEqualTo("skipArm");
              assertThat(entry.message()).startsWith("could not reach stage/train/only_accuracy/1");
            });
  }

  @Test
  void aPausedAblationStartsNothingNewAndForwards() {
    stack.environment.getWorkerFactory();
    publishAll();
    stack.experiment.runs("train/only_accuracy/1");
    stack.experiment.runs("train/perception_facts/1");
    WorkflowStub listener = listener("stage/train/only_accuracy/1");
    WorkflowStub stub = start();
    awaitStage(stub, "train/perception_facts/1", StageState.RUNNING);
    stub.update("pause", CommandAnswer.class, command("p", null));
    awaitState(stub, StageState.PAUSED);
    awaitStage(stub, "train/only_accuracy/1", StageState.PAUSED);
    ends(stub, "train/only_accuracy/1", true);
    ends(stub, "train/perception_facts/1", true);
    awaitStage(stub, "train/perception_facts/1", StageState.DONE);
    awaitStage(stub, "evaluate/only_accuracy/1", StageState.WAITING_FOR_STAGE);
    // Before the ablation ends: then time would skip, to the listener's timeout at last.
    listener.signal("stop");
    stub.signal("resume", command("r", null));

    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
    assertThat((Object) listener.getResult(List.class)).isEqualTo(List.of("pause p"));
  }

  @Test
  void aPauseOfDaysStartsNothing() {
    publishAll();
    stack.experiment.runs("warm-start/7");
    WorkflowStub stub = start();
    awaitStage(stub, "warm-start/7", StageState.RUNNING);
    stub.update("pause", CommandAnswer.class, command("p", null));
    ends(stub, "warm-start/7", true);
    awaitStage(stub, "warm-start/7", StageState.DONE);

    stack.environment.sleep(Duration.ofDays(5));

    assertThat(progress(stub).state()).isEqualTo(StageState.PAUSED);
    assertThat(stack.faults.calls("ensure")).doesNotContain("ensure train/only_accuracy/1");
    stub.update("resume", CommandAnswer.class, command("r", null));
    assertThat(result(stub).reference()).isEqualTo("json-digest");
    assertThat(stack.experiment.reports())
        .containsExactly(new ReportRequest(experimentId(), List.of(), false));
  }

  @Test
  void forwardsCommandsWithATarget() {
    publishAll();
    stack.experiment.runs("train/only_accuracy/1");
    WorkflowStub listener = listener("stage/train/only_accuracy/1");
    WorkflowStub stub = start();
    awaitStage(stub, "train/only_accuracy/1", StageState.RUNNING);
    stub.update("pause", CommandAnswer.class, command("1", "train/only_accuracy/1"));
    awaitStage(stub, "train/only_accuracy/1", StageState.PAUSED);
    stub.update("resume", CommandAnswer.class, command("2", "train/only_accuracy/1"));
    stub.update("retryStage", CommandAnswer.class, command("3", "train/only_accuracy/1"));
    stub.update("abort", CommandAnswer.class, command("4", "train/only_accuracy/1"));
    TestStack.await(() -> heard(listener).size() == 4, () -> heard(listener).toString());
    assertThat(heard(listener)).containsExactly("pause 1", "resume 2", "retryStage 3", "abort 4");
    listener.signal("stop");
    ends(stub, "train/only_accuracy/1", true);

    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
  }

  @Test
  void aRungIsDecidedWhenItsRunsHaveEndedOrWereSkippedAndThePlanGoesOn() {
    stack.experiment.halve();
    List.of("dataset", "train/perception_facts/11").forEach(stack.experiment::publish);
    WorkflowStub stub = start();
    awaitStage(stub, "train/only_accuracy/1/2", StageState.RUNNING);
    ends(stub, "train/perception_facts/1/2", true);
    awaitStage(stub, "train/perception_facts/1/2", StageState.DONE);
    assertThat(stack.experiment.rungs()).isEmpty();
    stub.signal("skipArm", command("s", "train/only_accuracy/1/2"));

    assertThat(result(stub).reference()).isEqualTo("json-digest");
    assertThat(stack.experiment.rungs())
        .singleElement()
        .satisfies(
            rung -> {
              assertThat(rung.rung().target()).isEqualTo("rung/1");
              assertThat(rung.skipped()).containsExactly("train/only_accuracy/1/2");
            });
    assertThat(progress(stub).stages())
        .extracting(Progress.StageLine::target)
        .containsExactly(
            "dataset",
            "train/only_accuracy/1/2",
            "train/perception_facts/1/2",
            "rung/1",
            "train/perception_facts/11",
            "report");
  }

  @Test
  void aLookAddsSeedsUntilOneAddsNone() {
    stack.experiment.look();
    List.of("dataset", "train/perception_facts/5", "evaluate/perception_facts/5")
        .forEach(stack.experiment::publish);
    WorkflowStub stub = start();
    awaitStage(stub, "train/perception_facts/6", StageState.RUNNING);
    assertThat(stack.experiment.rungs())
        .extracting(look -> look.rung().target())
        .as("the second look waits for the seed that the first one added")
        .containsExactly("look/1");
    stack.experiment.publish("evaluate/perception_facts/6");
    ends(stub, "train/perception_facts/6", true);

    assertThat(result(stub).reference()).isEqualTo("json-digest");
    assertThat(stack.experiment.rungs())
        .extracting(look -> look.rung().target())
        .containsExactly("look/1", "look/2");
  }

  @Test
  void aRungThatCannotBeDecidedWaitsForAnOperator() {
    stack.experiment.halve();
    List.of(
            "dataset",
            "train/only_accuracy/1/2",
            "train/perception_facts/1/2",
            "train/perception_facts/11")
        .forEach(stack.experiment::publish);
    stack.faults.always("decide", FailureType.STAGE_FAILED);
    WorkflowStub stub = start();
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);
    assertThat(progress(stub).reason()).startsWith("rung/1: ");
    stack.faults.heal("decide");
    stub.signal("retryStage", command("again", "rung/1"));

    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
  }

  @Test
  void abortForwardsAndWritesAPartialReport() {
    publishAll();
    stack.experiment.runs("train/only_accuracy/1");
    WorkflowStub listener = listener("stage/train/only_accuracy/1");
    WorkflowStub stub = start();
    awaitStage(stub, "train/only_accuracy/1", StageState.RUNNING);
    stub.update("abort", CommandAnswer.class, command("a", null));

    assertThatThrownBy(() -> result(stub))
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("ABORTED");
              assertThat(failure.getOriginalMessage())
                  .isEqualTo("Aborted by ann: because; partial report json-digest");
            });
    assertThat(stack.experiment.reports())
        .containsExactly(new ReportRequest(experimentId(), List.of(), true));
    assertThat(stack.experiment.records().getLast().state()).isEqualTo(StageState.ABORTED);
    assertThat(heard(listener)).containsExactly("abort a");
  }

  @Test
  void goesOnFromCarriedStateAfterContinueAsNew() {
    publishAll();
    stack.experiment.runs("train/only_accuracy/1");
    WorkflowStub stub = stack.stub(WorkflowTypes.REWARD_ABLATION, id);
    stub.start(TestStack.spec(), paused(StageState.RUNNING));
    awaitState(stub, StageState.PAUSED);
    assertThat(stack.faults.calls("ensure")).isEmpty();
    awaitStage(stub, "train/only_accuracy/1", StageState.RUNNING);
    assertThat(stub.update("pause", CommandAnswer.class, command("seen", null)).outcome())
        .isEqualTo(CommandAnswer.Outcome.DUPLICATE);
    stub.update("resume", CommandAnswer.class, command("r", null));
    awaitStage(stub, "train/only_accuracy/1", StageState.RUNNING);
    ends(stub, "train/only_accuracy/1", true);

    assertThat(result(stub).message()).contains("perception_facts");
    assertThat(stack.faults.calls("ensure")).containsExactly("ensure evaluate/only_accuracy/1");
  }

  @Test
  void runsHearOfTheEndOfAPauseThatOutlivedAHistory() {
    publishAll();
    stack.experiment.runs("train/only_accuracy/1");
    WorkflowStub listener = listener("stage/train/only_accuracy/1");
    WorkflowStub stub = stack.stub(WorkflowTypes.REWARD_ABLATION, id);
    stub.start(TestStack.spec(), paused(StageState.PAUSED));
    awaitStage(stub, "train/only_accuracy/1", StageState.PAUSED);
    stub.update("resume", CommandAnswer.class, command("r", null));
    awaitStage(stub, "train/only_accuracy/1", StageState.RUNNING);
    assertThat(heard(listener)).containsExactly("resume r");
    listener.signal("stop");
    ends(stub, "train/only_accuracy/1", true);

    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
  }

  /** What a history that was paused leaves to the next one. */
  private static Carried paused(StageState training) {
    return new Carried(
        true,
        List.of("seen"),
        List.of(),
        Map.of("", 1L),
        Map.of(
            "dataset", StageState.DONE,
            "warm-start/7", StageState.DONE,
            "train/perception_facts/1", StageState.SKIPPED,
            "evaluate/perception_facts/1", StageState.SKIPPED,
            "train/only_accuracy/1", training),
        null,
        null,
        false,
        0,
        null);
  }

  /** Hears what an ablation tells a stage. */
  @WorkflowInterface
  public interface Listener {
    @WorkflowMethod
    List<String> run();

    @SignalMethod
    void pause(OperatorCommand command);

    @SignalMethod
    void resume(OperatorCommand command);

    @SignalMethod
    void retryStage(OperatorCommand command);

    @SignalMethod
    void abort(OperatorCommand command);

    @SignalMethod
    void stop();

    @io.temporal.workflow.QueryMethod
    List<String> heard();
  }

  /** Notes commands until it is stopped. */
  public static final class ListenerImpl implements Listener {
    private final List<String> heard = new ArrayList<>();
    private boolean stopped;

    @Override
    public List<String> run() {
      Workflow.await(() -> stopped);
      return heard;
    }

    @Override
    public void pause(OperatorCommand command) {
      heard.add("pause " + command.commandId());
    }

    @Override
    public void resume(OperatorCommand command) {
      heard.add("resume " + command.commandId());
    }

    @Override
    public void retryStage(OperatorCommand command) {
      heard.add("retryStage " + command.commandId());
    }

    @Override
    public void abort(OperatorCommand command) {
      heard.add("abort " + command.commandId());
    }

    @Override
    public void stop() {
      stopped = true;
    }

    @Override
    public List<String> heard() {
      return List.copyOf(heard);
    }
  }

  private WorkflowStub listener(String workflowId) {
    WorkflowStub stub =
        stack
            .client()
            .newUntypedWorkflowStub(
                "Listener",
                WorkflowOptions.newBuilder()
                    .setWorkflowId(workflowId)
                    .setTaskQueue(TestStack.LISTENERS)
                    .setWorkflowExecutionTimeout(Duration.ofDays(30))
                    .build());
    stub.start();
    return stub;
  }

  @SuppressWarnings("unchecked")
  private static List<String> heard(WorkflowStub listener) {
    return listener.query("heard", List.class);
  }
}
