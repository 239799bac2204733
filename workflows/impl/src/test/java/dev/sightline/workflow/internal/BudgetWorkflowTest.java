package dev.sightline.workflow.internal;

import static dev.sightline.workflow.internal.TestStack.awaitState;
import static dev.sightline.workflow.internal.TestStack.command;
import static dev.sightline.workflow.internal.TestStack.envelope;
import static dev.sightline.workflow.internal.TestStack.experimentId;
import static dev.sightline.workflow.internal.TestStack.progress;
import static dev.sightline.workflow.internal.TestStack.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sightline.foundation.Digest;
import dev.sightline.spec.Ids;
import dev.sightline.workflow.AuditEntry;
import dev.sightline.workflow.CommandAnswer;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.Progress.BudgetLine;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.WorkflowTypes;
import dev.sightline.workflow.activity.ReportRequest;
import dev.sightline.workflow.internal.fake.FakeEvaluation;
import io.temporal.client.WorkflowStub;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Budgets of an experiment, as its workflows keep them. */
class BudgetWorkflowTest {
  private static final double LIMIT = 3600;

  private final TestStack stack = new TestStack();
  private final String run = Ids.run(experimentId(), "only_accuracy", 1);

  @AfterEach
  void close() {
    stack.close();
  }

  private static <T extends JsonNode> T limited(T input, String onExhausted) {
    JsonNode spec = input.has("spec") ? input.path("spec") : input;
    ((ObjectNode) spec.path("operations"))
        .putObject("budgets")
        .put("gpuSeconds", LIMIT)
        .put("onExhausted", onExhausted);
    return input;
  }

  private WorkflowStub startRun(String onExhausted) {
    return stack.start(
        WorkflowTypes.TRAINING_RUN, run, limited(envelope("only_accuracy", 1L), onExhausted));
  }

  private WorkflowStub startAblation(String onExhausted) {
    return stack.start(
        WorkflowTypes.REWARD_ABLATION,
        Ids.ablation(experimentId()),
        limited(TestStack.spec(), onExhausted));
  }

  private static OperatorCommand more(String id, long seconds) {
    return new OperatorCommand(id, "ann", "it is worth it", null, seconds, "gpuSeconds");
  }

  private void awaitLooks(int count) {
    TestStack.await(
        () -> stack.faults.calls("spent").size() >= count,
        () -> "looks: " + stack.faults.calls("spent").size());
  }

  private List<String> budgetRows() {
    return stack.experiment.records().stream()
        .flatMap(record -> record.audit().stream())
        .filter(entry -> entry.command().equals("budget"))
        .map(AuditEntry::message)
        .toList();
  }

  @Test
  void aRunBeginsNoRoundUntilItsBudgetIsRaised() {
    stack.experiment.spend(3700);
    WorkflowStub stub = startRun("ask");
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);

    assertThat(progress(stub).reason())
        .isEqualTo("BUDGET_EXHAUSTED: gpuSeconds 3700 of 3600 are spent; extendBudget goes on");
    assertThat(progress(stub).budgets())
        .containsExactly(
            new BudgetLine("gpuSeconds", 3700, LIMIT), new BudgetLine("tokens", 7, null));
    assertThat(stack.leases.holder()).isNull();
    stub.signal("retryStage", command("again", null));
    awaitLooks(2);
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);
    assertThat(stack.faults.calls("beginRound")).isEmpty();
    CommandAnswer answer = stub.update("extendBudget", CommandAnswer.class, more("more", 1000));

    assertThat(answer.message()).isEqualTo("the experiment's gpuSeconds grow by 1000");
    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
    // Each of the two rounds warns: 3700 of 4600 is over the share.
    assertThat(budgetRows()).contains("gpuSeconds 3700 of 4600");
  }

  @Test
  void aRunGivesThePolicyServerBackBetweenTwoRounds() {
    stack.experiment.spendEachLook(4000);
    WorkflowStub stub = startRun("ask");
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);

    assertThat(stack.training.lineages()).containsExactly("L0", "L1", "L2");
    assertThat(stack.leases.holder()).isNull();
    stack.experiment.spendEachLook(0);
    stub.signal("extendBudget", more("more", 10_000));

    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
    assertThat(stack.training.lineages()).hasSize(5);
    assertThat(stack.faults.calls("applyStep")).hasSize(4);
  }

  @Test
  void aSpentBudgetStopsARunThatSaysSo() {
    stack.experiment.spendEachLook(4000);
    WorkflowStub stub = startRun("stop");

    assertThatThrownBy(() -> result(stub))
        .hasStackTraceContaining(
            "Aborted by sightline: BUDGET_EXHAUSTED: gpuSeconds 4000 of 3600 are spent");
    assertThat(stack.faults.calls("endRound")).containsExactly("endRound 0");
    assertThat(stack.experiment.announced()).hasSize(1);
    assertThat(budgetRows()).contains("BUDGET_EXHAUSTED: gpuSeconds 4000 of 3600 are spent");
  }

  @Test
  void withoutLimitsNothingIsAsked() {
    stack.experiment.spend(1e9);
    WorkflowStub stub = stack.start(WorkflowTypes.TRAINING_RUN, run, envelope("only_accuracy", 1L));

    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
    assertThat(stack.faults.calls("spent")).hasSize(2);
    assertThat(budgetRows()).isEmpty();
  }

  @Test
  void anEvaluationAsksNothingUntilItsBudgetIsRaised() {
    stack.experiment.spend(LIMIT);
    WorkflowStub stub =
        stack.start(
            WorkflowTypes.EVALUATION,
            Ids.evaluation(new Digest(FakeEvaluation.EVALUATION)),
            limited(envelope("baseline", 7L), "ask"));
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);
    assertThat(stack.faults.calls("answerBatch")).isEmpty();
    stub.signal("extendBudget", more("more", 1));

    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
  }

  @Test
  void anAblationStartsNothingUntilItsBudgetIsRaised() {
    stack.experiment.spend(5000);
    WorkflowStub stub = startAblation("ask");
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);
    assertThat(stack.faults.calls("ensure")).isEmpty();
    assertThat(progress(stub).reason()).startsWith("BUDGET_EXHAUSTED");
    for (String target :
        List.of(
            "dataset",
            "warm-start/7",
            "train/only_accuracy/1",
            "train/perception_facts/1",
            "evaluate/only_accuracy/1",
            "evaluate/perception_facts/1")) {
      stack.experiment.publish(target);
    }
    stub.update("extendBudget", CommandAnswer.class, more("more", 5000));

    assertThat(result(stub).reference()).isEqualTo("json-digest");
  }

  @Test
  void anAblationThatMayStopLeavesAPartialReport() {
    stack.experiment.spend(5000);
    WorkflowStub stub = startAblation("stop");

    assertThatThrownBy(() -> result(stub))
        .hasStackTraceContaining("Aborted by sightline: BUDGET_EXHAUSTED")
        .hasStackTraceContaining("partial report json-digest");
    assertThat(stack.experiment.reports())
        .containsExactly(new ReportRequest(experimentId(), List.of(), true));
  }
}
