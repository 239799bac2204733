package dev.sightline.foundation;

/**
 * Every way a stage can fail: the type of Temporal's application failures, the tag of metrics and
 * the row of the runbook. {@link #retryable()} says whether trying the same thing again can help
 * without anybody's decision.
 */
public enum FailureType {
  INVALID_SPEC(false, Origin.ASKED),
  WRONG_WORKFLOW_ID(false, Origin.ASKED),
  UNKNOWN_TARGET(false, Origin.ASKED),
  SPACE_EXHAUSTED(false, Origin.DATA),
  DATASET_INVALID(false, Origin.DATA),

  POLICY_UNAVAILABLE(true, Origin.INFRASTRUCTURE),
  POLICY_TIMEOUT(true, Origin.INFRASTRUCTURE),
  POLICY_STUB_DEAD(true, Origin.INFRASTRUCTURE),
  POLICY_BUSY(true, Origin.INFRASTRUCTURE),
  POLICY_RANK_LOST(true, Origin.INFRASTRUCTURE),
  POLICY_INTERNAL(true, Origin.INFRASTRUCTURE),
  INCARNATION_CHANGED(true, Origin.INFRASTRUCTURE),
  POLICY_UNKNOWN(true, Origin.INFRASTRUCTURE),
  POLICY_BEHIND(true, Origin.INFRASTRUCTURE),
  PAYLOAD_MISSING(true, Origin.INFRASTRUCTURE),
  JOB_UNKNOWN(true, Origin.INFRASTRUCTURE),
  JOB_STUCK(true, Origin.INFRASTRUCTURE),
  CANCELLED(true, Origin.ASKED),
  STALE_TOKEN(false, Origin.INFRASTRUCTURE),
  PROTOCOL_VIOLATION(false, Origin.INFRASTRUCTURE),
  INVALID_REQUEST(false, Origin.DATA),
  STEP_CONFLICT(false, Origin.DATA),
  NOT_FINITE(false, Origin.DATA),
  GROUP_MIXED(false, Origin.DATA),
  OUT_OF_MEMORY(false, Origin.DATA),
  STATE_DIVERGED(false, Origin.DATA),

  LEASE_LOST(true, Origin.INFRASTRUCTURE),
  CHECKPOINT_MISSING(false, Origin.INFRASTRUCTURE),
  CHECKPOINT_CORRUPT(false, Origin.INFRASTRUCTURE),
  CHECKPOINT_PRUNED(false, Origin.INFRASTRUCTURE),
  ARTIFACT_MISSING(false, Origin.INFRASTRUCTURE),
  ARTIFACT_CORRUPT(false, Origin.INFRASTRUCTURE),
  STORE_UNAVAILABLE(true, Origin.INFRASTRUCTURE),
  STORE_CONFLICT(false, Origin.INFRASTRUCTURE),
  STORAGE_FULL(true, Origin.INFRASTRUCTURE),

  BUDGET_EXHAUSTED(false, Origin.ASKED),
  STAGE_FAILED(false, Origin.ASKED),
  ABORTED(false, Origin.ASKED),
  INTERNAL(true, Origin.INFRASTRUCTURE);

  /** Whose failures these are: budgets count those of infrastructure and of data apart. */
  public enum Origin {
    /** A person asked for it or asked wrongly; counts against no budget. */
    ASKED,
    /** The experiment's own items and numbers: elsewhere it would fail the same way. */
    DATA,
    /** Machines, servers, stores and networks. */
    INFRASTRUCTURE
  }

  private final boolean retryable;
  private final Origin origin;

  FailureType(boolean retryable, Origin origin) {
    this.retryable = retryable;
    this.origin = origin;
  }

  public boolean retryable() {
    return retryable;
  }

  public Origin origin() {
    return origin;
  }
}
