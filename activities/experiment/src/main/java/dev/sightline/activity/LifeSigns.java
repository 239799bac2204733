package dev.sightline.activity;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityExecutionContextBase;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Beats beside every activity, so that the death of its worker is noticed by a missed heartbeat
 * within seconds, and a call that waits on a busy machine is not taken for one. Activities that may
 * take hours are carried so only while they beat with their own work now and then: one that is
 * stuck falls silent, and its heartbeat runs out.
 */
public final class LifeSigns extends WorkerInterceptorBase {
  /** Start-to-close time-outs up to here bound an activity well enough. */
  static final Duration SHORT = Duration.ofMinutes(30);

  /** Longer than any single call that a long activity makes without a word of its own. */
  static final Duration SILENCE = Duration.ofMinutes(2);

  private final Duration every;
  private final Duration silence;

  public LifeSigns() {
    this(Heartbeat.EVERY, SILENCE);
  }

  LifeSigns(Duration every, Duration silence) {
    this.every = every;
    this.silence = silence;
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      private @Nullable Carried carried;

      @Override
      public void init(ActivityExecutionContext context) {
        if (context.getInfo().getHeartbeatTimeout().isPositive()) {
          carried = new Carried(context, longest(context.getInfo()));
          super.init(carried);
        } else {
          super.init(context);
        }
      }

      @Override
      public ActivityOutput execute(ActivityInput input) {
        Carried known = carried;
        return known == null
            ? super.execute(input)
            : Heartbeat.beside(every, known::beatBeside, () -> super.execute(input));
      }
    };
  }

  /**
   * How long the activity may say nothing itself and still be carried; its own time-out if short.
   */
  private Duration longest(ActivityInfo info) {
    return info.getStartToCloseTimeout().compareTo(SHORT) <= 0
        ? info.getStartToCloseTimeout()
        : silence;
  }

  /** Knows what the activity last said of itself, and when. */
  private static final class Carried extends ActivityExecutionContextBase {
    private final ActivityExecutionContext context;
    private final long silenceNanos;
    private volatile long heardAt = System.nanoTime();
    private volatile @Nullable Object lastWord = "at work";

    Carried(ActivityExecutionContext context, Duration silence) {
      super(context);
      this.context = context;
      this.silenceNanos = silence.toNanos();
    }

    @Override
    public <V> void heartbeat(@Nullable V details) throws ActivityCompletionException {
      heardAt = System.nanoTime();
      lastWord = details;
      context.heartbeat(details);
    }

    /** What the server answers, a cancellation say, meets the activity at its own next beat. */
    void beatBeside() {
      if (System.nanoTime() - heardAt < silenceNanos) {
        context.heartbeat(lastWord);
      }
    }
  }
}
