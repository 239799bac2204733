package dev.sightline.activity;

import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.AttemptLog;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes every failed activity attempt, for people and for the report's provenance. */
public final class AttemptRecorder extends WorkerInterceptorBase {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptRecorder.class);

  private final AttemptLog attempts;

  public AttemptRecorder(AttemptLog attempts) {
    this.attempts = attempts;
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
          return super.execute(input);
        } catch (SightlineException failure) {
          if (info != null) {
            note(info, failure);
          }
          throw failure;
        }
      }
    };
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
      attempts.append(
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
