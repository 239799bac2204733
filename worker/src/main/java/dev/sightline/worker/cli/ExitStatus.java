package dev.sightline.worker.cli;

import dev.sightline.foundation.FailureType;

/** Exit statuses of every command. */
public final class ExitStatus {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  public static final int BAD_INPUT = 2;
  public static final int WAITING_FOR_OPERATOR = 3;

  private ExitStatus() {}

  /** The status for a failure with a name. */
  static int of(FailureType type) {
    return switch (type) {
      case INVALID_SPEC, INVALID_REQUEST, UNKNOWN_TARGET, WRONG_WORKFLOW_ID, SPACE_EXHAUSTED ->
          BAD_INPUT;
      case DATASET_INVALID,
          POLICY_UNAVAILABLE,
          POLICY_TIMEOUT,
          POLICY_STUB_DEAD,
          POLICY_RANK_LOST,
          POLICY_BUSY,
          POLICY_INTERNAL,
          INCARNATION_CHANGED,
          POLICY_UNKNOWN,
          POLICY_BEHIND,
          PAYLOAD_MISSING,
          JOB_UNKNOWN,
          JOB_STUCK,
          CANCELLED,
          STALE_TOKEN,
          PROTOCOL_VIOLATION,
          STEP_CONFLICT,
          NOT_FINITE,
          GROUP_MIXED,
          OUT_OF_MEMORY,
          STATE_DIVERGED,
          LEASE_LOST,
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
          FAILED;
    };
  }
}
