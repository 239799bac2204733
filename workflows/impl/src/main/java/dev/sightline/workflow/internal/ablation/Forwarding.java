package dev.sightline.workflow.internal.ablation;

import dev.sightline.workflow.AuditEntry;
import dev.sightline.workflow.CommandKind;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.activity.StageKind;
import dev.sightline.workflow.internal.operation.Operations;
import dev.sightline.workflow.internal.plan.AblationProgress;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;

/**
 * Passes an operator's command on to the workflows of running stages. A stage that cannot be
 * reached gets an audit row and fails nothing: its next look says why.
 */
public final class Forwarding {
  private final Operations operations;

  public Forwarding(Operations operations) {
    this.operations = operations;
  }

  /** To one stage. */
  public void toStage(CommandKind kind, OperatorCommand command, AblationProgress.Entry entry) {
    String workflowId = entry.workflowId();
    if (workflowId == null || !entry.standing().running()) {
      return;
    }
    OperatorCommand forwarded =
        new OperatorCommand(
            command.commandId(),
            command.by(),
            command.reason(),
            null,
            command.amount(),
            command.budget());
    try {
      Workflow.newUntypedExternalWorkflowStub(workflowId).signal(kind.wireName(), forwarded);
    } catch (SignalExternalWorkflowException | TemporalFailure failure) {
      if (failure instanceof CanceledFailure) {
        throw failure;
      }
      operations.audit(
          new AuditEntry(
              command.commandId(),
              kind.wireName(),
              command.by(),
              command.reason(),
              entry.stage().target(),
              "REFUSED",
              "could not reach " + workflowId + ": " + failure.getMessage()));
    }
  }

  /** To all running stages; a data set is left alone, for other experiments share it. */
  public void toRunning(CommandKind kind, OperatorCommand command, AblationProgress progress) {
    for (AblationProgress.Entry entry : progress.running()) {
      if (entry.stage().kind() != StageKind.DATASET) {
        toStage(kind, command, entry);
      }
    }
  }
}
