package dev.sightline.workflow.internal.operation;

import dev.sightline.spec.ExperimentSpec;
import dev.sightline.workflow.TaskQueues;
import dev.sightline.workflow.activity.DatasetActivities;
import dev.sightline.workflow.activity.EvaluationActivities;
import dev.sightline.workflow.activity.ExperimentActivities;
import dev.sightline.workflow.activity.LeaseActivities;
import dev.sightline.workflow.activity.TrainingActivities;
import dev.sightline.workflow.internal.plan.RetryDecision;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Makes activity stubs: queue, time-outs and retries of every activity in one place. A stub is made
 * for each call, because the summary that the Temporal UI shows differs from call to call.
 */
public final class ActivityStubs {
  /**
   * The worker's interceptor beats for every activity, four times as often: a dead worker is
   * noticed by this, whatever the activity's own time-out.
   */
  public static final Duration HEARTBEAT = Duration.ofSeconds(6);

  static final Duration STORE_CALL = Duration.ofMinutes(1);
  static final Duration PLAN = Duration.ofMinutes(5);
  static final Duration REPORT = Duration.ofMinutes(30);
  static final Duration SHARD = Duration.ofHours(1);
  static final Duration ASSEMBLE = Duration.ofHours(6);
  static final Duration LEASE_WAIT = Duration.ofMinutes(15);
  static final Duration SCORE = Duration.ofMinutes(30);

  /** A job on the policy server; its death shows as a missed heartbeat long before. */
  static final Duration POLICY_JOB = Duration.ofHours(6);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final ExperimentSpec.Retry retry;
  private final Operations operations;

  public ActivityStubs(ExperimentSpec.Retry retry, Operations operations) {
    this.retry = retry;
    this.operations = operations;
  }

  /** Tries of one step before an operator is asked. */
  public int maximumAttempts() {
    long attempts = retry.maximumAttempts() + operations.extraAttempts();
    return (int) Math.min(attempts, Integer.MAX_VALUE);
  }

  /** Pause before a try that the workflow itself repeats; doubles, and is none at first. */
  public Duration pauseBefore(int failures) {
    if (failures <= 1) {
      return Duration.ZERO;
    }
    Duration pause = retry.initialInterval().multipliedBy(1L << Math.min(failures - 2, 20));
    return pause.compareTo(retry.maximumInterval()) < 0 ? pause : retry.maximumInterval();
  }

  /** Experiments, plans and stages: short calls of the store. */
  public ExperimentActivities experiment(String summary) {
    return Workflow.newActivityStub(
        ExperimentActivities.class,
        options(TaskQueues.ORCHESTRATION, PLAN, summary).setRetryOptions(limited()).build());
  }

  /** The report, on the compute queue. */
  public ExperimentActivities report(String summary) {
    return Workflow.newActivityStub(
        ExperimentActivities.class,
        options(TaskQueues.COMPUTE, REPORT, summary).setRetryOptions(limited()).build());
  }

  /**
   * Tells others: what must arrive in the end. Never gives up by itself, because without the store
   * nothing else goes on either.
   */
  static ExperimentActivities tell(String summary) {
    return Workflow.newActivityStub(
        ExperimentActivities.class,
        options(TaskQueues.ORCHESTRATION, STORE_CALL, summary)
            .setRetryOptions(unlimited())
            .build());
  }

  /** Details for people: one try, for the next change asks again. */
  static ExperimentActivities glance(String summary) {
    return Workflow.newActivityStub(
        ExperimentActivities.class,
        options(TaskQueues.ORCHESTRATION, STORE_CALL, summary)
            .setScheduleToCloseTimeout(STORE_CALL)
            .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
            .build());
  }

  /** The wait for a policy server: in the queue for as long as it takes. */
  LeaseActivities lease(String summary) {
    return Workflow.newActivityStub(
        LeaseActivities.class,
        options(TaskQueues.ORCHESTRATION, LEASE_WAIT, summary)
            .setRetryOptions(unlimited())
            .build());
  }

  /** Giving a lease back; it runs out by itself when this fails. */
  LeaseActivities release(String summary) {
    return Workflow.newActivityStub(
        LeaseActivities.class,
        options(TaskQueues.ORCHESTRATION, STORE_CALL, summary).setRetryOptions(limited()).build());
  }

  public DatasetActivities datasetPlan(String summary) {
    return Workflow.newActivityStub(
        DatasetActivities.class,
        options(TaskQueues.COMPUTE, PLAN, summary).setRetryOptions(limited()).build());
  }

  public DatasetActivities datasetShard(String summary) {
    return Workflow.newActivityStub(
        DatasetActivities.class,
        options(TaskQueues.COMPUTE, SHARD, summary).setRetryOptions(limited()).build());
  }

  public DatasetActivities datasetPublish(String summary) {
    return Workflow.newActivityStub(
        DatasetActivities.class,
        options(TaskQueues.COMPUTE, ASSEMBLE, summary).setRetryOptions(limited()).build());
  }

  /** Opens a run before any policy is held: all its retries are Temporal's. */
  public TrainingActivities trainingOpen(String summary) {
    return Workflow.newActivityStub(
        TrainingActivities.class,
        options(TaskQueues.POLICY, PLAN, summary).setRetryOptions(limited()).build());
  }

  /** Opens an evaluation before any policy is held. */
  public EvaluationActivities evaluationOpen(String summary) {
    return Workflow.newActivityStub(
        EvaluationActivities.class,
        options(TaskQueues.POLICY, PLAN, summary).setRetryOptions(limited()).build());
  }

  /** Calls of a run that holds a policy: begin and end a round, publish. */
  public TrainingActivities trainingStore(String summary) {
    return Workflow.newActivityStub(
        TrainingActivities.class,
        options(TaskQueues.POLICY, PLAN, summary).setRetryOptions(step()).build());
  }

  /** Makes the policy whole; retried here until its tries are used up. */
  public TrainingActivities trainingBringTo(String summary) {
    return Workflow.newActivityStub(
        TrainingActivities.class,
        options(TaskQueues.POLICY, POLICY_JOB, summary).setRetryOptions(recovery()).build());
  }

  /** Jobs on the policy server. */
  public TrainingActivities trainingJob(String summary) {
    return Workflow.newActivityStub(
        TrainingActivities.class,
        options(TaskQueues.POLICY, POLICY_JOB, summary).setRetryOptions(step()).build());
  }

  public TrainingActivities trainingScore(String summary) {
    return Workflow.newActivityStub(
        TrainingActivities.class,
        options(TaskQueues.COMPUTE, SCORE, summary).setRetryOptions(step()).build());
  }

  public EvaluationActivities evaluationStore(String summary) {
    return Workflow.newActivityStub(
        EvaluationActivities.class,
        options(TaskQueues.POLICY, PLAN, summary).setRetryOptions(step()).build());
  }

  public EvaluationActivities evaluationBringUp(String summary) {
    return Workflow.newActivityStub(
        EvaluationActivities.class,
        options(TaskQueues.POLICY, POLICY_JOB, summary).setRetryOptions(recovery()).build());
  }

  public EvaluationActivities evaluationJob(String summary) {
    return Workflow.newActivityStub(
        EvaluationActivities.class,
        options(TaskQueues.POLICY, POLICY_JOB, summary).setRetryOptions(step()).build());
  }

  private static ActivityOptions.Builder options(
      String queue, Duration startToClose, String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setStartToCloseTimeout(startToClose)
        .setHeartbeatTimeout(HEARTBEAT)
        .setSummary(summary);
  }

  private RetryOptions.Builder paced() {
    return RetryOptions.newBuilder()
        .setInitialInterval(retry.initialInterval())
        .setMaximumInterval(longer(retry.maximumInterval(), retry.initialInterval()))
        .setMaximumAttempts(maximumAttempts());
  }

  private RetryOptions limited() {
    return paced().build();
  }

  /** What needs a policy made whole goes back to the workflow at once, which counts it. */
  private RetryOptions step() {
    return paced().setDoNotRetry(RetryDecision.needsWorkflow()).build();
  }

  private RetryOptions recovery() {
    return paced().setDoNotRetry(RetryDecision.needsLease()).build();
  }

  private static RetryOptions unlimited() {
    return RetryOptions.newBuilder()
        .setInitialInterval(Duration.ofSeconds(1))
        .setMaximumInterval(LONGEST_PAUSE)
        .build();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }
}
