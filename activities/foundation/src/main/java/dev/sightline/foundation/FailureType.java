package dev.sightline.foundation;

/**
 * Every way a stage can fail: the type of Temporal's application failures, the tag of metrics and
 * the row of the runbook. {@link #retryable()} says whether trying the same thing again can help
 * without anybody's decision.
 */
public enum FailureType {
  INVALID_SPEC(false),
  WRONG_WORKFLOW_ID(false),
  UNKNOWN_TARGET(false),
  SPACE_EXHAUSTED(false),
  DATASET_INVALID(false),

  POLICY_UNAVAILABLE(true),
  POLICY_TIMEOUT(true),
  POLICY_STUB_DEAD(true),
  POLICY_BUSY(true),
  POLICY_RANK_LOST(true),
  POLICY_INTERNAL(true),
  INCARNATION_CHANGED(true),
  POLICY_UNKNOWN(true),
  POLICY_BEHIND(true),
  PAYLOAD_MISSING(true),
  JOB_UNKNOWN(true),
  JOB_STUCK(true),
  CANCELLED(true),
  STALE_TOKEN(false),
  PROTOCOL_VIOLATION(false),
  INVALID_REQUEST(false),
  STEP_CONFLICT(false),
  NOT_FINITE(false),
  GROUP_MIXED(false),
  OUT_OF_MEMORY(false),
  STATE_DIVERGED(false),

  LEASE_LOST(true),
  CHECKPOINT_MISSING(false),
  CHECKPOINT_CORRUPT(false),
  CHECKPOINT_PRUNED(false),
  ARTIFACT_MISSING(false),
  ARTIFACT_CORRUPT(false),
  STORE_UNAVAILABLE(true),
  STORE_CONFLICT(false),
  STORAGE_FULL(true),

  STAGE_FAILED(false),
  ABORTED(false),
  INTERNAL(true);

  private final boolean retryable;

  FailureType(boolean retryable) {
    this.retryable = retryable;
  }

  public boolean retryable() {
    return retryable;
  }
}
