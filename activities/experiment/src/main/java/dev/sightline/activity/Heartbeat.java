package dev.sightline.activity;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tells Temporal that an activity lives, and what it does. */
public final class Heartbeat {
  /**
   * How often an activity beats beside its work. The heartbeat's time-out is four of them, so that
   * a beat may be late by three. The SDK must be told too, which otherwise holds beats back for 80
   * % of the time-out.
   */
  public static final Duration EVERY = Duration.ofMillis(1500);

  private Heartbeat() {}

  /** The SDK throttles, so call it as often as there is something to tell. */
  public static void beat(String what) {
    Activity.getExecutionContext().heartbeat(what);
  }

  /**
   * Beats beside a computation that cannot tell how far it is. The activity's start-to-close
   * time-out bounds it; what the server answers to the beats (a cancellation, say) is seen at the
   * next {@link #beat}.
   */
  public static <T> T during(String what, Supplier<T> computation) {
    return during(() -> what, computation);
  }

  /** As the other, where how far it is changes. */
  public static <T> T during(Supplier<String> what, Supplier<T> computation) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    context.heartbeat(what.get());
    return beside(EVERY, () -> context.heartbeat(what.get()), computation);
  }

  /** As the other; outside an activity nobody is told. */
  static <T> T whereCarried(String what, Supplier<T> computation) {
    try {
      Activity.getExecutionContext();
    } catch (IllegalStateException outside) {
      return computation.get();
    }
    return during(what, computation);
  }

  /** Beats beside a computation, for the first time when one is due: most are over before. */
  static <T> T beside(Duration every, Runnable beat, Supplier<T> computation) {
    try (ScheduledExecutorService beats =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory())) {
      ScheduledFuture<?> beating =
          beats.scheduleAtFixedRate(
              beat, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
      try {
        return computation.get();
      } finally {
        beating.cancel(false);
      }
    }
  }
}
