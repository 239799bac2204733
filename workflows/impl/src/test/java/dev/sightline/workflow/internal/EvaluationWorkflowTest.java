package dev.sightline.workflow.internal;

import static dev.sightline.workflow.internal.TestStack.awaitState;
import static dev.sightline.workflow.internal.TestStack.command;
import static dev.sightline.workflow.internal.TestStack.envelope;
import static dev.sightline.workflow.internal.TestStack.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.spec.Ids;
import dev.sightline.workflow.CommandAnswer;
import dev.sightline.workflow.StageEnded;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.WorkflowTypes;
import dev.sightline.workflow.internal.fake.FakeEvaluation;
import io.temporal.client.WorkflowStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvaluationWorkflowTest {
  private final TestStack stack = new TestStack();
  private final String id = Ids.evaluation(new Digest(FakeEvaluation.EVALUATION));

  @AfterEach
  void close() {
    stack.close();
  }

  private WorkflowStub start() {
    return stack.start(WorkflowTypes.EVALUATION, id, envelope("baseline", 7L));
  }

  @Test
  void asksEveryBatchAndPublishes() {
    assertThat(result(start()).reference()).isEqualTo(FakeEvaluation.EVALUATION);

    assertThat(stack.faults.calls("open")).containsExactly("open baseline test probe");
    assertThat(stack.faults.calls("answerBatch"))
        .containsExactly("answerBatch 0", "answerBatch 1", "answerBatch 2");
    assertThat(stack.leases.holder()).isNull();
    assertThat(stack.experiment.announced()).containsExactly(new StageEnded(id, true, "3 batches"));
  }

  @Test
  void asksOnlyWhatIsMissing() {
    stack.evaluation.answeredBefore(2);

    result(start());

    assertThat(stack.faults.calls("answerBatch")).containsExactly("answerBatch 2");
  }

  @Test
  void bringsThePolicyUpAgainAndRepeatsTheBatch() {
    stack.faults.next("answerBatch", FailureType.POLICY_STUB_DEAD, FailureType.LEASE_LOST);

    result(start());

    assertThat(stack.faults.calls("answerBatch")).hasSize(5);
    assertThat(stack.faults.calls("bringUp")).hasSize(3);
    assertThat(stack.faults.calls("acquire")).hasSize(2);
  }

  @Test
  void waitsForAnOperatorAndGoesOnWithTheSameBatch() {
    stack.faults.next("answerBatch", FailureType.NOT_FINITE);
    WorkflowStub stub = start();
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);
    assertThat(stack.leases.holder()).isNull();
    stub.update("retryStage", CommandAnswer.class, command("again", null));

    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
    assertThat(stack.faults.calls("answerBatch"))
        .containsExactly("answerBatch 0", "answerBatch 0", "answerBatch 1", "answerBatch 2");
  }
}
