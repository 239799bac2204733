package dev.sightline.triton;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Keeps callers away from a server that is away. After some calls in a row that met no server
 * nothing is sent for a pause, which doubles from time to time up to a longest one; then a single
 * ping may ask, and what it meets decides for all. Whatever answers is there, a refusal too. Safe
 * for use by many threads.
 */
public final class ServerCircuit {
  private static final System.Logger LOG = System.getLogger(ServerCircuit.class.getName());

  /**
   * When a circuit opens, and for how long.
   *
   * @param failures calls in a row that met no server
   * @param firstPause how long nothing is sent at first
   * @param longestPause how long at most; a server that is back is found this late
   */
  public record Settings(int failures, Duration firstPause, Duration longestPause) {
    public Settings {
      if (failures < 1) {
        throw new IllegalArgumentException("failures must be 1 or more, not " + failures);
      }
      if (!firstPause.isPositive() || longestPause.compareTo(firstPause) < 0) {
        throw new IllegalArgumentException(
            "firstPause must be above zero and no longer than longestPause, not %s and %s"
                .formatted(firstPause, longestPause));
      }
    }

    public static Settings standard() {
      return new Settings(3, Duration.ofMillis(500), Duration.ofSeconds(5));
    }
  }

  private final String server;
  private final Settings settings;
  private final CircuitBreaker breaker;
  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private volatile String lastFailure = "";

  /**
   * @param server for messages
   */
  ServerCircuit(String server, Settings settings) {
    this.server = server;
    this.settings = settings;
    this.breaker =
        CircuitBreaker.of(
            server,
            CircuitBreakerConfig.custom()
                .slidingWindowSize(settings.failures())
                .minimumNumberOfCalls(settings.failures())
                .failureRateThreshold(100)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(
                    IntervalFunction.ofExponentialBackoff(
                        settings.firstPause(), 2, settings.longestPause()))
                .build());
    breaker.getEventPublisher().onStateTransition(event -> changed(event.getStateTransition()));
  }

  /** Whether the server counts as away: nothing but a ping now and then is sent. */
  public boolean open() {
    return breaker.getState() != State.CLOSED;
  }

  /** How often it opened after it was closed. */
  public long opened() {
    return opened.get();
  }

  /** How many calls were not sent. */
  public long refused() {
    return refused.get();
  }

  /**
   * Sends a call, or refuses it.
   *
   * @param ping whether it may ask for all others
   * @param reconnect what a ping does first, since the transport has a back-off of its own
   * @throws SightlineException POLICY_UNAVAILABLE when nothing was sent
   */
  <T> T send(boolean ping, Runnable reconnect, Supplier<T> call) {
    boolean closed = !open();
    if (!(closed || ping) || !breaker.tryAcquirePermission()) {
      refused.incrementAndGet();
      throw new SightlineException(
          FailureType.POLICY_UNAVAILABLE,
          "Triton %s did not answer %d times in a row, so nothing but a ping is sent, at least every %s s (%s); check that it runs"
              .formatted(
                  server, settings.failures(), seconds(settings.longestPause()), lastFailure));
    }
    if (!closed) {
      reconnect.run();
    }
    long begun = System.nanoTime();
    boolean decided = false;
    try {
      T answer = call.get();
      breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
      decided = true;
      return answer;
    } catch (StatusRuntimeException e) {
      boolean interrupted = Thread.currentThread().isInterrupted();
      if (StatusMapper.away(e.getStatus(), interrupted)) {
        lastFailure = String.valueOf(e.getMessage());
        breaker.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, e);
        decided = true;
      } else if (!interrupted) {
        breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        decided = true;
      }
      throw e;
    } finally {
      if (!decided) {
        breaker.releasePermission();
      }
    }
  }

  private void changed(StateTransition change) {
    if (change == StateTransition.CLOSED_TO_OPEN) {
      opened.incrementAndGet();
      LOG.log(System.Logger.Level.WARNING, "Triton {0} is away: {1}", server, lastFailure);
    } else if (change.getToState() == State.CLOSED) {
      LOG.log(System.Logger.Level.INFO, "Triton {0} answers again", server);
    }
  }

  private static String seconds(Duration time) {
    return Double.toString(time.toMillis() / 1000.0);
  }
}
