package dev.sightline.workflow.internal.operation;

import dev.sightline.workflow.client.Failures;
import dev.sightline.workflow.internal.plan.RetryDecision;
import dev.sightline.workflow.internal.plan.RetryDecision.AskOperator;
import dev.sightline.workflow.internal.plan.RetryDecision.BringUp;
import dev.sightline.workflow.internal.plan.RetryDecision.Fail;
import dev.sightline.workflow.internal.plan.RetryDecision.Reacquire;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.util.Optional;
import java.util.function.Supplier;

/** Does what needs no policy until it succeeds: infrastructure never fails a workflow. */
public final class Attempts {
  private final Operations operations;

  public Attempts(Operations operations) {
    this.operations = operations;
  }

  /** Repeats a call; asks an operator each time that its retries are used up. */
  public <T> T untilDone(Supplier<T> call) {
    while (true) {
      operations.leaveIfEnding();
      try {
        return call.get();
      } catch (ActivityFailure failure) {
        askAfter(failure);
      }
    }
  }

  /** Waits until an operator wants what failed to be tried again. */
  public void askAfter(ActivityFailure failure) {
    switch (decide(failure, 1, 1)) {
      case AskOperator(String reason) -> operations.waitForOperator(reason);
      case BringUp bringUp -> operations.waitForOperator(Failures.messageOf(failure));
      case Reacquire reacquire -> operations.waitForOperator(Failures.messageOf(failure));
      case Fail fail -> throw wrongInput(fail, failure);
    }
  }

  /** Decides about a failed activity; a cancelled one leaves the work. */
  RetryDecision decide(ActivityFailure failure, int failures, int maximum) {
    if (failure.getCause() instanceof CanceledFailure) {
      throw new StageEnding();
    }
    return RetryDecision.of(
        Failures.typeOf(failure), failures, maximum, Failures.messageOf(failure));
  }

  static ApplicationFailure wrongInput(Fail fail, ActivityFailure failure) {
    String message =
        Optional.ofNullable(failure.getCause())
            .filter(ApplicationFailure.class::isInstance)
            .map(cause -> ((ApplicationFailure) cause).getOriginalMessage())
            .orElseGet(() -> Failures.messageOf(failure));
    return ApplicationFailure.newNonRetryableFailure(message, fail.type().name());
  }
}
