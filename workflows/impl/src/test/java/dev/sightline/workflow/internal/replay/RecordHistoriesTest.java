package dev.sightline.workflow.internal.replay;

import static dev.sightline.workflow.internal.TestStack.awaitState;
import static dev.sightline.workflow.internal.TestStack.command;
import static dev.sightline.workflow.internal.TestStack.envelope;
import static dev.sightline.workflow.internal.TestStack.experimentId;
import static dev.sightline.workflow.internal.TestStack.progress;
import static dev.sightline.workflow.internal.TestStack.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.spec.Ids;
import dev.sightline.workflow.Carried;
import dev.sightline.workflow.StageEnded;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.WorkflowTypes;
import dev.sightline.workflow.internal.TestStack;
import dev.sightline.workflow.internal.fake.FakeDataset;
import dev.sightline.workflow.internal.fake.FakeEvaluation;
import dev.sightline.workflow.internal.fake.FakeExperiment;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Records histories for the replay test, on a real Temporal server: {@code mvn -pl workflows/impl
 * -am test -Dtest=RecordHistoriesTest -Dsightline.record=127.0.0.1:7233}. The server needs the
 * search attributes and an empty database. Recorded files are never written again.
 */
@EnabledIfSystemProperty(
    named = Recorder.PROPERTY,
    matches = ".+",
    disabledReason = "histories are recorded only when asked: set sightline.record to host:port")
class RecordHistoriesTest {
  /** Newest code, where an ended ablation reads its details a last time. */
  @Test
  void lastDetails() {
    Recorder.with(
        stack -> {
          WorkflowStub stub = RecordScenariosTest.Kind.ABLATION.start(stack);
          result(stub);
          Recorder.keep(stack, WorkflowTypes.REWARD_ABLATION, "last-details", stub);
        });
  }

  @Test
  void dataset() {
    Recorder.with(
        stack -> {
          stack.faults.next("generateShard", FailureType.DATASET_INVALID);
          WorkflowStub stub =
              stack.start(
                  WorkflowTypes.DATASET_GENERATION,
                  Ids.dataset(new Digest(FakeDataset.DATASET)),
                  envelope(null, null));
          awaitState(stub, StageState.WAITING_FOR_OPERATOR);
          stub.signal("retryStage", command("again", null));
          result(stub);
          Recorder.keep(stack, WorkflowTypes.DATASET_GENERATION, "shard-retried", stub);
        });
  }

  @Test
  void datasetToppedUp() {
    Recorder.with(
        stack -> {
          stack.dataset.shortBy(2);
          WorkflowStub stub =
              stack.start(
                  WorkflowTypes.DATASET_GENERATION,
                  Ids.dataset(new Digest(FakeDataset.DATASET)),
                  envelope(null, null));
          result(stub);
          Recorder.keep(stack, WorkflowTypes.DATASET_GENERATION, "topped-up", stub);
        });
  }

  @Test
  void evaluation() {
    Recorder.with(
        stack -> {
          stack.faults.next("answerBatch", FailureType.POLICY_STUB_DEAD);
          WorkflowStub stub =
              stack.start(
                  WorkflowTypes.EVALUATION,
                  Ids.evaluation(new Digest(FakeEvaluation.EVALUATION)),
                  envelope("baseline", 7L));
          result(stub);
          Recorder.keep(stack, WorkflowTypes.EVALUATION, "stub-died", stub);
        });
  }

  @Test
  void trainingRounds() {
    Recorder.with(
        stack -> {
          stack.faults.next("applyStep", FailureType.POLICY_BEHIND, FailureType.STEP_CONFLICT);
          String id = Ids.run(experimentId(), "only_accuracy", 1);
          WorkflowStub first =
              stack.start(WorkflowTypes.TRAINING_RUN, id, envelope("only_accuracy", 1L));
          awaitState(first, StageState.WAITING_FOR_OPERATOR);
          first.signal("retryStage", command("again", null));
          result(first);
          Recorder.keep(stack, WorkflowTypes.TRAINING_RUN, "first-round-operator", first);
          WorkflowStub last = stack.client().newUntypedWorkflowStub(id);
          Histories.write(
              WorkflowTypes.TRAINING_RUN,
              Recorder.RELEASE + "last-round",
              new WorkflowExecutionHistory(
                  stack.client().fetchHistory(last.getExecution().getWorkflowId()).getHistory(),
                  id));
        });
  }

  /** A retried step, and one that an operator must help: sampled and scored where it is applied. */
  @Test
  void sampledInApply() {
    Recorder.with(
        stack -> {
          stack.faults.next("applyStep", FailureType.POLICY_BEHIND, FailureType.STEP_CONFLICT);
          WorkflowStub stub =
              stack.start(
                  WorkflowTypes.TRAINING_RUN,
                  Ids.run(experimentId(), "only_accuracy", 1),
                  envelope("only_accuracy", 1L));
          awaitState(stub, StageState.WAITING_FOR_OPERATOR);
          stub.signal("retryStage", command("again", null));
          result(stub);
          Recorder.keep(stack, WorkflowTypes.TRAINING_RUN, "samples-in-apply", stub);
        });
  }

  /** A run that is aborted while it waits for a policy server gives its place in the queue back. */
  @Test
  void abortedInTheQueue() {
    Recorder.with(
        stack -> {
          stack.faults.always("acquire", FailureType.STORE_UNAVAILABLE);
          WorkflowStub stub =
              stack.start(
                  WorkflowTypes.TRAINING_RUN,
                  Ids.run(experimentId(), "only_accuracy", 1),
                  envelope("only_accuracy", 1L));
          awaitState(stub, StageState.WAITING_FOR_POLICY);
          stub.signal("abort", command("enough", null));
          assertThatThrownBy(() -> result(stub)).isInstanceOf(WorkflowFailedException.class);
          assertThat(stack.faults.calls("release")).hasSize(1);
          Recorder.keep(stack, WorkflowTypes.TRAINING_RUN, "aborted-in-the-queue", stub);
        });
  }

  /** An ablation whose pause outlived a history attaches to what it had begun. */
  @Test
  void pausedOverTwoHistories() {
    Recorder.with(
        stack -> {
          List.of(
                  "warm-start/7",
                  "train/only_accuracy/1",
                  "train/perception_facts/1",
                  "evaluate/only_accuracy/1",
                  "evaluate/perception_facts/1")
              .forEach(stack.experiment::publish);
          WorkflowStub stub =
              stack.stub(WorkflowTypes.REWARD_ABLATION, Ids.ablation(experimentId()));
          stub.start(
              TestStack.spec(),
              new Carried(
                  true,
                  List.of(),
                  List.of(),
                  Map.of(),
                  Map.of(
                      "dataset", StageState.DONE,
                      "warm-start/7", StageState.DONE,
                      "train/only_accuracy/1", StageState.PAUSED),
                  null,
                  null,
                  false,
                  0,
                  null));
          awaitState(stub, StageState.PAUSED);
          stub.signal("resume", command("on", null));
          result(stub);
          assertThat(stack.faults.calls("ensure")).doesNotContain("ensure train/only_accuracy/1");
          Recorder.keep(stack, WorkflowTypes.REWARD_ABLATION, "paused-over-two-histories", stub);
        });
  }

  @Test
  void warmStart() {
    Recorder.with(
        stack -> {
          WorkflowStub stub =
              stack.start(
                  WorkflowTypes.TRAINING_RUN,
                  Ids.warmStart(experimentId(), 7),
                  envelope(Ids.WARM_START, 7L));
          result(stub);
          Recorder.keep(stack, WorkflowTypes.TRAINING_RUN, "warm-start", stub);
        });
  }

  @Test
  void ablation() {
    Recorder.with(
        stack -> {
          for (String target :
              List.of("warm-start/7", "evaluate/only_accuracy/1", "evaluate/perception_facts/1")) {
            stack.experiment.publish(target);
          }
          WorkflowStub stub =
              stack.start(
                  WorkflowTypes.REWARD_ABLATION, Ids.ablation(experimentId()), TestStack.spec());
          awaitStage(stub, "dataset");
          end(stack, stub, "dataset");
          awaitStage(stub, "train/perception_facts/1");
          stub.signal("pause", command("pause", null));
          awaitState(stub, StageState.PAUSED);
          stub.signal("resume", command("resume", null));
          stub.signal("skipArm", command("skip", "train/only_accuracy/1"));
          end(stack, stub, "train/perception_facts/1");
          result(stub);
          Recorder.keep(stack, WorkflowTypes.REWARD_ABLATION, "paused-and-skipped", stub);
        });
    Recorder.with(
        stack -> {
          stack.faults.always("ensure", FailureType.STAGE_FAILED);
          WorkflowStub stub =
              stack.start(
                  WorkflowTypes.REWARD_ABLATION, Ids.ablation(experimentId()), TestStack.spec());
          awaitState(stub, StageState.WAITING_FOR_OPERATOR);
          stub.signal("abort", command("abort", null));
          assertThatThrownBy(() -> result(stub)).isNotNull();
          Recorder.keep(stack, WorkflowTypes.REWARD_ABLATION, "aborted", stub);
        });
  }

  @Test
  void ablationWithARung() {
    Recorder.with(
        stack -> {
          stack.experiment.halve();
          List.of("dataset", "train/perception_facts/11").forEach(stack.experiment::publish);
          WorkflowStub stub =
              stack.start(
                  WorkflowTypes.REWARD_ABLATION, Ids.ablation(experimentId()), TestStack.spec());
          awaitStage(stub, "train/only_accuracy/1/2");
          end(stack, stub, "train/perception_facts/1/2");
          stub.signal("skipArm", command("skip", "train/only_accuracy/1/2"));
          result(stub);
          Recorder.keep(stack, WorkflowTypes.REWARD_ABLATION, "rung", stub);
        });
  }

  @Test
  void trainingThatRestsAtARung() {
    Recorder.with(
        stack -> {
          WorkflowStub stub =
              stack.start(
                  WorkflowTypes.TRAINING_RUN,
                  Ids.run(experimentId(), "only_accuracy", 1),
                  envelope("only_accuracy", 1L).put("untilStep", 2));
          result(stub);
          Recorder.keep(stack, WorkflowTypes.TRAINING_RUN, "rests-at-a-rung", stub);
        });
  }

  private static void end(TestStack stack, WorkflowStub stub, String target) {
    stack.experiment.publish(target);
    stub.signal("stageEnded", new StageEnded(FakeExperiment.workflowId(target), true, "ended"));
  }

  private static void awaitStage(WorkflowStub stub, String target) {
    TestStack.await(
        () ->
            progress(stub).stages().stream()
                .anyMatch(
                    line -> line.target().equals(target) && line.state() == StageState.RUNNING),
        () -> target + " does not run");
    assertThat(progress(stub).stages()).isNotEmpty();
  }
}
