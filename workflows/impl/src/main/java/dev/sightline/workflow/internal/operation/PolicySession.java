package dev.sightline.workflow.internal.operation;

import dev.sightline.foundation.FailureType;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.activity.Lease;
import dev.sightline.workflow.activity.LeaseRequest;
import dev.sightline.workflow.client.Failures;
import dev.sightline.workflow.internal.plan.RetryDecision.AskOperator;
import dev.sightline.workflow.internal.plan.RetryDecision.BringUp;
import dev.sightline.workflow.internal.plan.RetryDecision.Fail;
import dev.sightline.workflow.internal.plan.RetryDecision.Reacquire;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A workflow's hold on a policy server: the lease, and the policy made whole behind it. A step that
 * fails because the policy lost its state is repeated after it was brought up again; what is used
 * up waits for an operator without the lease, so that others can go on.
 */
public final class PolicySession {
  private final Operations operations;
  private final ActivityStubs stubs;
  private final Attempts attempts;
  private final String run;
  private final Runnable bringUp;
  private @Nullable Lease lease;
  private boolean claimed;
  private boolean withoutLost;

  /**
   * @param run the name that the lease is taken for
   * @param bringUp makes the policy hold the state that the workflow stands at; uses {@link
   *     #lease()}
   */
  public PolicySession(Operations operations, ActivityStubs stubs, String run, Runnable bringUp) {
    this.operations = operations;
    this.stubs = stubs;
    this.attempts = new Attempts(operations);
    this.run = run;
    this.bringUp = bringUp;
  }

  public Lease lease() {
    return Objects.requireNonNull(lease, "the lease is not held");
  }

  /**
   * Whether an operator said to try again after a checkpoint was found lost; until the policy is
   * whole.
   */
  public boolean withoutLost() {
    return withoutLost;
  }

  /**
   * Waits for the lease; no retry budget runs meanwhile.
   *
   * @param held whether this workflow has it already, so that taking it again is no wait
   */
  public void acquire(boolean held) {
    if (!held) {
      operations.state(StageState.WAITING_FOR_POLICY, null);
    }
    claimed = true;
    while (true) {
      Lease answer =
          attempts.untilDone(
              () ->
                  stubs.lease("wait for a policy server").acquire(new LeaseRequest(run, holder())));
      if (answer.granted()) {
        lease = answer;
        operations.state(StageState.RUNNING, null);
        return;
      }
      operations.state(
          StageState.WAITING_FOR_POLICY, "place " + answer.position() + " in the queue");
      operations.leaveIfEnding();
    }
  }

  /**
   * Waits until the experiment is within its budgets; others may use the policy server meanwhile.
   *
   * @param held whether this workflow has the lease already
   * @return whether it still has it
   */
  public boolean withinBudgets(BudgetWatch budgets, boolean held) {
    claimed = held;
    boolean kept = held;
    while (budgets.exhausted()) {
      if (kept) {
        acquire(true);
        release();
        kept = false;
      }
      operations.waitForBudget(budgets.reason());
    }
    return kept;
  }

  /** Makes the policy whole. */
  public void bringUp() {
    int failures = 0;
    while (true) {
      operations.leaveIfEnding();
      try {
        bringUp.run();
        withoutLost = false;
        return;
      } catch (ActivityFailure failure) {
        failures++;
        switch (attempts.decide(failure, failures, stubs.maximumAttempts())) {
          case Reacquire reacquire -> acquire(false);
          // Its own retries are used up already.
          case BringUp again -> failures = waitForOperator(Failures.messageOf(failure));
          case AskOperator(String reason) -> {
            failures = waitForOperator(reason);
            withoutLost = Failures.typeOf(failure).filter(PolicySession::lost).isPresent();
          }
          case Fail fail -> throw Attempts.wrongInput(fail, failure);
        }
      }
    }
  }

  private static boolean lost(FailureType type) {
    return type == FailureType.CHECKPOINT_MISSING || type == FailureType.CHECKPOINT_CORRUPT;
  }

  /** Does a store call that needs the lease but no policy, as often as it takes. */
  public <T> T begin(Supplier<T> call) {
    return repeat(call, false);
  }

  /** Does one step, as often as it takes; a success resets the count. */
  public <T> T step(Supplier<T> call) {
    return repeat(call, true);
  }

  private <T> T repeat(Supplier<T> call, boolean policyNeeded) {
    int failures = 0;
    while (true) {
      operations.leaveIfEnding();
      try {
        return call.get();
      } catch (ActivityFailure failure) {
        failures++;
        switch (attempts.decide(failure, failures, stubs.maximumAttempts())) {
          case BringUp again -> pauseBefore(failures);
          case Reacquire reacquire -> {
            pauseBefore(failures);
            acquire(false);
          }
          case AskOperator(String reason) -> failures = waitForOperator(reason);
          case Fail fail -> throw Attempts.wrongInput(fail, failure);
        }
        if (policyNeeded) {
          bringUp();
        }
      }
    }
  }

  /** Gives the lease back while an operator paused, and takes it again. */
  public void whilePaused() {
    release();
    operations.awaitResume();
    acquire(false);
    bringUp();
  }

  /** Gives the lease back; one that cannot be given back runs out by itself. */
  public void release() {
    Lease held = lease;
    if (held == null) {
      return;
    }
    giveBack(held);
  }

  /**
   * Gives back at the work's end what it may have: also a lease kept from the history before, and a
   * place in the queues, which would let a free server wait for nobody.
   */
  public void end() {
    if (lease != null) {
      giveBack(lease);
    } else if (claimed && ChangeIds.isNew(ChangeIds.CLAIMS_GIVEN_BACK)) {
      giveBack(new Lease(run, "", holder(), false, 0));
    }
  }

  private static String holder() {
    return Workflow.getInfo().getWorkflowId();
  }

  private void giveBack(Lease held) {
    lease = null;
    claimed = false;
    try {
      stubs.release("give the policy server back").release(held);
    } catch (ActivityFailure failure) {
      Workflow.getLogger(PolicySession.class).warn("lease not released run={}", run, failure);
    }
  }

  private int waitForOperator(String reason) {
    release();
    operations.waitForOperator(reason);
    acquire(false);
    return 0;
  }

  private void pauseBefore(int failures) {
    Duration pause = stubs.pauseBefore(failures);
    operations.await(pause, () -> false);
  }
}
