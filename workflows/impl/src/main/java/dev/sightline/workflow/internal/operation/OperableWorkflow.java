package dev.sightline.workflow.internal.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.FailureType;
import dev.sightline.workflow.Carried;
import dev.sightline.workflow.CommandAnswer;
import dev.sightline.workflow.CommandKind;
import dev.sightline.workflow.Operable;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.Progress;
import dev.sightline.workflow.StageEnded;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.WorkflowOutcome;
import dev.sightline.workflow.internal.operation.Next.ContinueAsNew;
import dev.sightline.workflow.internal.operation.Next.Finished;
import dev.sightline.workflow.internal.operation.Operations.Order;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The handlers and the life of every Sightline workflow: the work runs in a scope that an abort
 * cancels; whatever happens, the end is written and announced; a workflow that ends without its
 * published row fails, so that it can be started again under the same id.
 */
public abstract class OperableWorkflow implements Operable {
  protected final Operations operations;
  protected final Carried carried;
  protected final boolean continued;

  protected OperableWorkflow(@Nullable Carried carried) {
    this.operations = new Operations(carried);
    this.carried = carried == null ? Carried.fresh() : carried;
    this.continued = carried != null;
  }

  /** Gives back what is held; runs detached when the work was aborted, skipped or cancelled. */
  protected String onEnd(StageState state) {
    return "";
  }

  /** States of the driven stages, to be carried to the next history. */
  protected Map<String, StageState> stageStates() {
    return Map.of();
  }

  /** Whether the policy lease is kept when the workflow continues as new. */
  protected boolean keepsLease() {
    return false;
  }

  /** Whether others may wait for this workflow's end. */
  protected boolean announces() {
    return true;
  }

  /** What is left to do when everything is written and told. */
  protected void ended() {}

  /** Does the work and ends it. */
  protected WorkflowOutcome live(@Nullable JsonNode input, Supplier<Next> work) {
    while (true) {
      switch (attempt(work)) {
        case Finished finished -> {
          return finish(finished.outcome());
        }
        case ContinueAsNew next -> {
          operations.settle();
          // An order that came meanwhile is for this history's work.
          if (!operations.ending() && !operations.hasOrdersToDo()) {
            Workflow.continueAsNew(input, operations.carried(next, stageStates(), keepsLease()));
          }
        }
      }
    }
  }

  private Next attempt(Supplier<Next> work) {
    List<Next> result = new ArrayList<>();
    CancellationScope scope = Workflow.newCancellationScope(() -> result.add(work.get()));
    operations.attach(scope);
    try {
      operations.leaveIfEnding();
      scope.run();
      return result.getFirst();
    } catch (StageEnding | CanceledFailure ending) {
      throw leave();
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure) {
        throw leave();
      }
      throw failure;
    } catch (ApplicationFailure wrong) {
      detached(() -> fail(wrong));
      throw wrong;
    }
  }

  private WorkflowOutcome finish(WorkflowOutcome outcome) {
    operations.state(outcome.state(), null);
    detached(
        () -> {
          announce(true, outcome.message());
          operations.settle();
          ended();
        });
    return outcome;
  }

  private void fail(ApplicationFailure wrong) {
    if (operations.begun()) {
      operations.state(StageState.FAILED, wrong.getOriginalMessage());
      onEnd(StageState.FAILED);
      announce(false, wrong.getOriginalMessage());
      operations.settle();
      ended();
    }
  }

  private RuntimeException leave() {
    Order order = operations.end();
    StageState state =
        order != null && order.kind() == CommandKind.SKIP_ARM
            ? StageState.SKIPPED
            : StageState.ABORTED;
    List<String> message = new ArrayList<>();
    detached(
        () -> {
          String why = why(order, state);
          operations.state(state, why);
          String more = onEnd(state);
          message.add(more.isEmpty() ? why : why + "; " + more);
          announce(false, message.getFirst());
          operations.settle();
          ended();
        });
    if (order == null) {
      return new CanceledFailure(message.getFirst());
    }
    return ApplicationFailure.newNonRetryableFailure(
        message.getFirst(),
        FailureType.ABORTED.name(),
        new WorkflowOutcome(state, "", message.getFirst()));
  }

  private static String why(@Nullable Order order, StageState state) {
    if (order == null) {
      return "cancelled from outside";
    }
    String reason = order.command().reason();
    return state.label()
        + " by "
        + order.command().by()
        + (reason == null || reason.isBlank() ? "" : ": " + reason);
  }

  private void announce(boolean published, @Nullable String message) {
    if (!announces() || !operations.begun()) {
      return;
    }
    try {
      ActivityStubs.tell("tell those who wait")
          .announce(
              new StageEnded(
                  Workflow.getInfo().getWorkflowId(),
                  published,
                  Objects.requireNonNullElse(message, "")));
    } catch (ActivityFailure failure) {
      // Those who wait also look by themselves.
      Workflow.getLogger(OperableWorkflow.class).warn("end not announced", failure);
    }
  }

  private static void detached(Runnable end) {
    Workflow.newDetachedCancellationScope(end).run();
  }

  @Override
  public CommandAnswer pause(OperatorCommand command) {
    return operations.update(CommandKind.PAUSE, command);
  }

  @Override
  public void validatePause(OperatorCommand command) {
    operations.validate(CommandKind.PAUSE, command);
  }

  @Override
  public void pauseSignal(OperatorCommand command) {
    operations.signal(CommandKind.PAUSE, command);
  }

  @Override
  public CommandAnswer resume(OperatorCommand command) {
    return operations.update(CommandKind.RESUME, command);
  }

  @Override
  public void validateResume(OperatorCommand command) {
    operations.validate(CommandKind.RESUME, command);
  }

  @Override
  public void resumeSignal(OperatorCommand command) {
    operations.signal(CommandKind.RESUME, command);
  }

  @Override
  public CommandAnswer retryStage(OperatorCommand command) {
    return operations.update(CommandKind.RETRY_STAGE, command);
  }

  @Override
  public void validateRetryStage(OperatorCommand command) {
    operations.validate(CommandKind.RETRY_STAGE, command);
  }

  @Override
  public void retryStageSignal(OperatorCommand command) {
    operations.signal(CommandKind.RETRY_STAGE, command);
  }

  @Override
  public CommandAnswer skipArm(OperatorCommand command) {
    return operations.update(CommandKind.SKIP_ARM, command);
  }

  @Override
  public void validateSkipArm(OperatorCommand command) {
    operations.validate(CommandKind.SKIP_ARM, command);
  }

  @Override
  public void skipArmSignal(OperatorCommand command) {
    operations.signal(CommandKind.SKIP_ARM, command);
  }

  @Override
  public CommandAnswer extendBudget(OperatorCommand command) {
    return operations.update(CommandKind.EXTEND_BUDGET, command);
  }

  @Override
  public void validateExtendBudget(OperatorCommand command) {
    operations.validate(CommandKind.EXTEND_BUDGET, command);
  }

  @Override
  public void extendBudgetSignal(OperatorCommand command) {
    operations.signal(CommandKind.EXTEND_BUDGET, command);
  }

  @Override
  public CommandAnswer abort(OperatorCommand command) {
    return operations.update(CommandKind.ABORT, command);
  }

  @Override
  public void validateAbort(OperatorCommand command) {
    operations.validate(CommandKind.ABORT, command);
  }

  @Override
  public void abortSignal(OperatorCommand command) {
    operations.signal(CommandKind.ABORT, command);
  }

  /** Only an ablation waits for stages. */
  @Override
  public void stageEnded(StageEnded ended) {}

  @Override
  public Progress progress() {
    return operations.progress();
  }
}
