package dev.sightline.workflow.internal.replay;

import static dev.sightline.workflow.internal.TestStack.awaitState;
import static dev.sightline.workflow.internal.TestStack.command;
import static dev.sightline.workflow.internal.TestStack.envelope;
import static dev.sightline.workflow.internal.TestStack.experimentId;
import static dev.sightline.workflow.internal.TestStack.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.spec.Ids;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.WorkflowTypes;
import dev.sightline.workflow.internal.TestStack;
import dev.sightline.workflow.internal.fake.FakeDataset;
import dev.sightline.workflow.internal.fake.FakeEvaluation;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Records each scenario of operations for each workflow type, as {@link RecordHistoriesTest} does;
 * the server needs {@code --dynamic-config-value limit.historyCount.suggestContinueAsNew=40} too.
 */
@EnabledIfSystemProperty(
    named = Recorder.PROPERTY,
    matches = ".+",
    disabledReason = "histories are recorded only when asked: set sightline.record to host:port")
class RecordScenariosTest {
  private static final List<String> STAGES =
      List.of(
          "dataset",
          "warm-start/7",
          "train/only_accuracy/1",
          "train/perception_facts/1",
          "evaluate/only_accuracy/1",
          "evaluate/perception_facts/1");

  /** How each type is started, and which of its calls a scenario lets fail. */
  enum Kind {
    DATASET(WorkflowTypes.DATASET_GENERATION, "planShards"),
    EVALUATION(WorkflowTypes.EVALUATION, "answerBatch"),
    TRAINING(WorkflowTypes.TRAINING_RUN, "applyStep"),
    ABLATION(WorkflowTypes.REWARD_ABLATION, "plan");

    final String type;
    final String call;

    Kind(String type, String call) {
      this.type = type;
      this.call = call;
    }

    WorkflowStub start(TestStack stack) {
      if (this == ABLATION) {
        STAGES.forEach(stack.experiment::publish);
      }
      return switch (this) {
        case DATASET ->
            stack.start(type, Ids.dataset(new Digest(FakeDataset.DATASET)), envelope(null, null));
        case EVALUATION ->
            stack.start(
                type,
                Ids.evaluation(new Digest(FakeEvaluation.EVALUATION)),
                envelope("baseline", 7L));
        case TRAINING ->
            stack.start(
                type, Ids.run(experimentId(), "only_accuracy", 1), envelope("only_accuracy", 1L));
        case ABLATION -> stack.start(type, Ids.ablation(experimentId()), TestStack.spec());
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void fresh(Kind kind) {
    Recorder.with(
        stack -> {
          WorkflowStub stub = kind.start(stack);
          result(stub);
          Recorder.keep(stack, kind.type, "fresh", stub);
        });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void retriedByTemporal(Kind kind) {
    Recorder.with(
        stack -> {
          stack.faults.next(kind.call, FailureType.STORE_UNAVAILABLE);
          WorkflowStub stub = kind.start(stack);
          result(stub);
          assertThat(stack.faults.calls(kind.call)).hasSizeGreaterThan(1);
          Recorder.keep(stack, kind.type, "retried", stub);
        });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void pausedAndResumed(Kind kind) {
    Recorder.with(
        stack -> {
          WorkflowStub stub = kind.start(stack);
          stub.signal("pause", command("pause", null));
          awaitState(stub, StageState.PAUSED);
          stub.signal("resume", command("resume", null));
          result(stub);
          Recorder.keep(stack, kind.type, "paused", stub);
        });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void waitedForAnOperator(Kind kind) {
    Recorder.with(
        stack -> {
          WorkflowStub stub = startBroken(stack, kind);
          stub.signal("retryStage", command("again", null));
          result(stub);
          Recorder.keep(stack, kind.type, "operator", stub);
        });
  }

  /** Back to its first task while it waits; what it did since counts no more. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void reset(Kind kind) {
    Recorder.with(
        stack -> {
          WorkflowStub stub = startBroken(stack, kind);
          String id = stub.getExecution().getWorkflowId();
          String run =
              stack
                  .client()
                  .getWorkflowServiceStubs()
                  .blockingStub()
                  .resetWorkflowExecution(
                      ResetWorkflowExecutionRequest.newBuilder()
                          .setNamespace("default")
                          .setWorkflowExecution(stub.getExecution())
                          .setWorkflowTaskFinishEventId(firstTask(stack, stub))
                          .setReason("recorded")
                          .setRequestId(UUID.randomUUID().toString())
                          .build())
                  .getRunId();
          result(stack.client().newUntypedWorkflowStub(id));
          Recorder.keep(stack, kind.type, "reset", id, run);
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"EVALUATION", "ABLATION"})
  void continuedAsNew(Kind kind) {
    Recorder.with(
        stack -> {
          WorkflowStub stub = kind.start(stack);
          result(stub);
          List<HistoryEvent> first = events(stack, stub);
          assertThat(first.getLast().getEventType())
              .isEqualTo(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW);
          Recorder.keepNewest(stack, kind.type, "continued", stub.getExecution().getWorkflowId());
        });
  }

  /** Newest code, where its changes ask for their versions. */
  @Test
  void aLaterRound() {
    Recorder.with(
        stack -> {
          WorkflowStub stub = Kind.TRAINING.start(stack);
          result(stub);
          Recorder.keepNewest(
              stack,
              WorkflowTypes.TRAINING_RUN,
              "later-round",
              stub.getExecution().getWorkflowId());
        });
  }

  private static WorkflowStub startBroken(TestStack stack, Kind kind) {
    stack.faults.next(kind.call, FailureType.STATE_DIVERGED);
    WorkflowStub stub = kind.start(stack);
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);
    return stub;
  }

  private static List<HistoryEvent> events(TestStack stack, WorkflowStub stub) {
    return stack
        .client()
        .fetchHistory(stub.getExecution().getWorkflowId(), stub.getExecution().getRunId())
        .getEvents();
  }

  private static long firstTask(TestStack stack, WorkflowStub stub) {
    return events(stack, stub).stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
        .mapToLong(HistoryEvent::getEventId)
        .findFirst()
        .orElseThrow();
  }
}
