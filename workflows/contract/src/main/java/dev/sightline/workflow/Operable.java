package dev.sightline.workflow;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;

/**
 * What every Sightline workflow answers to. Each command is an update (validated, answered) and a
 * signal of the same wire name (tctl has no updates); a refused signal becomes an audit row.
 */
public interface Operable {
  @UpdateMethod(name = "pause")
  CommandAnswer pause(OperatorCommand command);

  @UpdateValidatorMethod(updateName = "pause")
  void validatePause(OperatorCommand command);

  @SignalMethod(name = "pause")
  void pauseSignal(OperatorCommand command);

  @UpdateMethod(name = "resume")
  CommandAnswer resume(OperatorCommand command);

  @UpdateValidatorMethod(updateName = "resume")
  void validateResume(OperatorCommand command);

  @SignalMethod(name = "resume")
  void resumeSignal(OperatorCommand command);

  @UpdateMethod(name = "retryStage")
  CommandAnswer retryStage(OperatorCommand command);

  @UpdateValidatorMethod(updateName = "retryStage")
  void validateRetryStage(OperatorCommand command);

  @SignalMethod(name = "retryStage")
  void retryStageSignal(OperatorCommand command);

  @UpdateMethod(name = "skipArm")
  CommandAnswer skipArm(OperatorCommand command);

  @UpdateValidatorMethod(updateName = "skipArm")
  void validateSkipArm(OperatorCommand command);

  @SignalMethod(name = "skipArm")
  void skipArmSignal(OperatorCommand command);

  @UpdateMethod(name = "extendBudget")
  CommandAnswer extendBudget(OperatorCommand command);

  @UpdateValidatorMethod(updateName = "extendBudget")
  void validateExtendBudget(OperatorCommand command);

  @SignalMethod(name = "extendBudget")
  void extendBudgetSignal(OperatorCommand command);

  @UpdateMethod(name = "abort")
  CommandAnswer abort(OperatorCommand command);

  @UpdateValidatorMethod(updateName = "abort")
  void validateAbort(OperatorCommand command);

  @SignalMethod(name = "abort")
  void abortSignal(OperatorCommand command);

  /** A stage that this workflow waits for has ended; the row in PostgreSQL is the truth. */
  @SignalMethod(name = "stageEnded")
  void stageEnded(StageEnded ended);

  @QueryMethod(name = "progress")
  Progress progress();
}
