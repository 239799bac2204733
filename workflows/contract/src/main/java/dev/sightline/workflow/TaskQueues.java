package dev.sightline.workflow;

/** Task queues by resource, not by kind of job. */
public final class TaskQueues {
  /** Workflows and short store calls. */
  public static final String ORCHESTRATION = "sightline-orchestration";

  /** CPU work: generating shards, verifying, reports. */
  public static final String COMPUTE = "sightline-compute";

  /** Waits on Triton; exclusivity comes from leases, not from slots. */
  public static final String POLICY = "sightline-policy";

  private TaskQueues() {}
}
