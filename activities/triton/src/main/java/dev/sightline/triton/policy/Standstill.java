package dev.sightline.triton.policy;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Notices when nothing moves: the policy server answers, yet the counter of the job that it works
 * on stays where it is. Not thread-safe.
 */
public final class Standstill {
  /** Where a job is: its key, phase and counter. */
  public record Mark(String key, @Nullable String phase, long done) {
    /** Of the job that the server works on; of nothing, when it works on none. */
    public static Mark of(ServerState.@Nullable RunningJob running) {
      return running == null
          ? new Mark("", null, 0)
          : new Mark(running.key(), running.phase(), running.done());
    }
  }

  private final Duration stuckAfter;
  private @Nullable Mark last;
  private long movedAt;

  /**
   * @param stuckAfter without any movement
   */
  public Standstill(Duration stuckAfter) {
    this.stuckAfter = stuckAfter;
  }

  /**
   * Looks once more.
   *
   * @param nanos of a clock that only goes forward
   * @return how long nothing has moved, when that is too long
   */
  public Optional<Duration> look(Mark mark, long nanos) {
    if (!mark.equals(last)) {
      last = mark;
      movedAt = nanos;
      return Optional.empty();
    }
    Duration still = Duration.ofNanos(nanos - movedAt);
    return still.compareTo(stuckAfter) > 0 ? Optional.of(still) : Optional.empty();
  }
}
