package dev.sightline.triton.policy;

import java.time.Duration;

/**
 * How often a job is looked at, and when it counts as stuck.
 *
 * @param shortest pause, also the first
 * @param longest pause
 * @param share a pause is the time waited so far divided by this, so that the last poll is at most
 *     1/share of the job's time too late
 * @param stuckAfter with no change of phase or progress for so long: JOB_STUCK
 */
public record PollSchedule(Duration shortest, Duration longest, int share, Duration stuckAfter) {
  public PollSchedule {
    if (shortest.isNegative()
        || shortest.isZero()
        || shortest.compareTo(longest) > 0
        || share < 1) {
      throw new IllegalArgumentException(
          "a poll schedule needs 0 < shortest <= longest and share >= 1");
    }
    if (stuckAfter.compareTo(longest) <= 0) {
      throw new IllegalArgumentException("stuckAfter must be longer than the longest pause");
    }
  }

  /** 5 ms at first, 50 ms after one second, 1 s from 20 s on. */
  public static PollSchedule standard(Duration stuckAfter) {
    return new PollSchedule(Duration.ofMillis(5), Duration.ofSeconds(1), 20, stuckAfter);
  }

  Duration pause(Duration waited) {
    Duration pause = waited.dividedBy(share);
    if (pause.compareTo(shortest) < 0) {
      return shortest;
    }
    return pause.compareTo(longest) > 0 ? longest : pause;
  }
}
