package dev.sightline.activity;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Beats beside every activity that is short by its own time-out, so that the death of its worker is
 * noticed by a missed heartbeat and not only when that time-out ends. Activities that may take
 * hours are left alone: they beat with their work, so that one that is stuck is noticed too.
 */
public final class LifeSigns extends WorkerInterceptorBase {
  /** Start-to-close time-outs up to here bound an activity well enough. */
  static final Duration SHORT = Duration.ofMinutes(30);

  private final Duration every;

  public LifeSigns() {
    this(Heartbeat.EVERY);
  }

  LifeSigns(Duration every) {
    this.every = every;
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      private @Nullable ActivityExecutionContext context;

      @Override
      public void init(ActivityExecutionContext context) {
        this.context = context;
        super.init(context);
      }

      @Override
      public ActivityOutput execute(ActivityInput input) {
        ActivityExecutionContext known = context;
        return known != null && beatsBeside(known.getInfo())
            ? Heartbeat.beside(known, every, () -> "at work", () -> super.execute(input))
            : super.execute(input);
      }
    };
  }

  static boolean beatsBeside(ActivityInfo info) {
    return info.getHeartbeatTimeout().isPositive()
        && info.getStartToCloseTimeout().compareTo(SHORT) <= 0;
  }
}
