package dev.sightline.workflow.internal.plan;

import dev.sightline.foundation.FailureType;
import java.util.Arrays;
import java.util.Optional;

/** What a workflow does about an activity that failed for good. */
public sealed interface RetryDecision {
  /** Make the policy whole, then the same thing again from its stored state. */
  record BringUp() implements RetryDecision {}

  /** Take the lease again, make the policy whole, then the same thing again. */
  record Reacquire() implements RetryDecision {}

  /** Nobody but a person can help. */
  record AskOperator(String reason) implements RetryDecision {}

  /** The input is wrong: no retry of this workflow can ever help. */
  record Fail(FailureType type) implements RetryDecision {}

  /**
   * Decides.
   *
   * @param type the named failure; empty for time-outs and failures of others
   * @param failures how often this step failed in a row, this time included
   * @param maximum tries of one step
   * @param message for the operator
   */
  static RetryDecision of(Optional<FailureType> type, int failures, int maximum, String message) {
    if (type.isEmpty()) {
      return new AskOperator(message);
    }
    RetryDecision first =
        switch (type.get()) {
          case INVALID_SPEC, WRONG_WORKFLOW_ID, UNKNOWN_TARGET -> new Fail(type.get());
          case LEASE_LOST, STALE_TOKEN -> new Reacquire();
          case POLICY_UNAVAILABLE,
              POLICY_TIMEOUT,
              POLICY_STUB_DEAD,
              POLICY_RANK_LOST,
              INCARNATION_CHANGED,
              POLICY_UNKNOWN,
              POLICY_BEHIND,
              JOB_UNKNOWN,
              JOB_STUCK ->
              new BringUp();
          case SPACE_EXHAUSTED,
              DATASET_INVALID,
              POLICY_BUSY,
              POLICY_INTERNAL,
              PAYLOAD_MISSING,
              CANCELLED,
              PROTOCOL_VIOLATION,
              INVALID_REQUEST,
              STEP_CONFLICT,
              NOT_FINITE,
              GROUP_MIXED,
              OUT_OF_MEMORY,
              STATE_DIVERGED,
              CHECKPOINT_MISSING,
              CHECKPOINT_CORRUPT,
              CHECKPOINT_PRUNED,
              ARTIFACT_MISSING,
              ARTIFACT_CORRUPT,
              STORE_UNAVAILABLE,
              STORE_CONFLICT,
              STORAGE_FULL,
              BUDGET_EXHAUSTED,
              STAGE_FAILED,
              ABORTED,
              INTERNAL ->
              new AskOperator(message);
        };
    boolean again = first instanceof BringUp || first instanceof Reacquire;
    return again && failures >= maximum
        ? new AskOperator(message + " (" + failures + " tries)")
        : first;
  }

  /**
   * Failures that Temporal must not retry by itself, because the policy must be made whole first.
   */
  static String[] needsWorkflow() {
    return Arrays.stream(FailureType.values())
        .filter(type -> !(of(Optional.of(type), 0, 1, "") instanceof AskOperator))
        .map(FailureType::name)
        .toArray(String[]::new);
  }

  /** Failures of the policy's recovery itself that Temporal must not retry: the lease is gone. */
  static String[] needsLease() {
    return Arrays.stream(FailureType.values())
        .filter(type -> of(Optional.of(type), 0, 1, "") instanceof Reacquire)
        .map(FailureType::name)
        .toArray(String[]::new);
  }
}
