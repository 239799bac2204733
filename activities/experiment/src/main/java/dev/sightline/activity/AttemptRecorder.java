package dev.sightline.activity;

import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.Stores;
import dev.sightline.workflow.activity.CheckpointRequest;
import dev.sightline.workflow.activity.RoundRequest;
import dev.sightline.workflow.activity.StepRequest;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes every failed activity attempt, and of a run's effects that took several the attempt after
 * which they stood; for people and for the report's provenance. A noted effect is one that Temporal
 * has not heard of yet, so what a worker takes with it is noted by the attempt that finds it.
 */
public final class AttemptRecorder extends WorkerInterceptorBase {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptRecorder.class);

  private final Stores stores;

  public AttemptRecorder(Stores stores) {
    this.stores = stores;
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      private @Nullable ActivityInfo info;

      @Override
      public void init(ActivityExecutionContext context) {
        info = context.getInfo();
        super.init(context);
      }

      @Override
      public ActivityOutput execute(ActivityInput input) {
        try {
          ActivityOutput output = super.execute(input);
          if (info != null && info.getAttempt() > 1 && input.getArguments().length == 1) {
            repeated(info, input.getArguments()[0]);
          }
          return output;
        } catch (SightlineException failure) {
          if (info != null) {
            note(info, failure);
          }
          throw failure;
        }
      }
    };
  }

  private void repeated(ActivityInfo info, @Nullable Object request) {
    try {
      switch (request) {
        case StepRequest step ->
            repeated(info, step.run(), (int) step.branch(), step.round(), step.step());
        case CheckpointRequest checkpoint ->
            repeated(
                info,
                checkpoint.run(),
                (int) checkpoint.branch(),
                checkpoint.round(),
                checkpoint.step());
        case RoundRequest round -> repeated(info, round.run(), null, round.round(), 0);
        case null, default -> {}
      }
    } catch (SightlineException unavailable) {
      // The effect stands; an account of it is no reason to do it once more.
      LOG.warn("repeated effect not noted: {}", unavailable.getMessage());
    }
  }

  private void repeated(
      ActivityInfo info, String run, @Nullable Integer branch, long round, long step) {
    stores
        .interruptions()
        .repeated(run, branch, (int) round, step, info.getActivityType(), info.getAttempt());
  }

  private void note(ActivityInfo info, SightlineException failure) {
    LOG.warn(
        "attempt failed workflow={} activity={} attempt={} type={}: {}",
        info.getWorkflowId(),
        info.getActivityType(),
        info.getAttempt(),
        failure.type(),
        failure.getMessage());
    try {
      stores
          .attempts()
          .append(
              info.getWorkflowId(),
              info.getActivityType(),
              info.getAttempt(),
              failure.type(),
              String.valueOf(failure.getMessage()));
    } catch (SightlineException unavailable) {
      // The store may be what failed; the failure itself is on its way to Temporal.
      LOG.warn("attempt not noted: {}", unavailable.getMessage());
    }
  }
}
