package dev.sightline.workflow.internal.replay;

import dev.sightline.workflow.internal.TestStack;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.function.Consumer;

/** Runs scenarios on a real Temporal server and keeps their histories. */
final class Recorder {
  /** System property: host and port of the server to record on. */
  static final String PROPERTY = "sightline.record";

  static final String RELEASE = "0.1.0-";

  private Recorder() {}

  static void with(Consumer<TestStack> scenario) {
    try (TestStack stack = new TestStack(System.getProperty(PROPERTY))) {
      scenario.accept(stack);
    }
  }

  /** Keeps the history of the run that the stub knows. */
  static void keep(TestStack stack, String type, String scenario, WorkflowStub stub) {
    keep(
        stack, type, scenario, stub.getExecution().getWorkflowId(), stub.getExecution().getRunId());
  }

  /** Keeps the history of the newest run of an id. */
  static void keepNewest(TestStack stack, String type, String scenario, String workflowId) {
    String run =
        stack.client().newUntypedWorkflowStub(workflowId).describe().getExecution().getRunId();
    keep(stack, type, scenario, workflowId, run);
  }

  /** Keeps the history of a run by its ids. */
  static void keep(TestStack stack, String type, String scenario, String workflowId, String run) {
    Histories.write(
        type,
        RELEASE + scenario,
        new WorkflowExecutionHistory(
            stack.client().fetchHistory(workflowId, run).getHistory(), workflowId));
  }
}
