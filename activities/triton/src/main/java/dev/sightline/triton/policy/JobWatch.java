package dev.sightline.triton.policy;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The wait for one job: how long to pause, and whether anything moves. */
final class JobWatch {
  private final PolicyClient client;
  private final PolicyCall call;
  private final String key;
  private final PollSchedule schedule;
  private final Pauses time;

  /** When the wait began, and when anything last moved; from {@link Pauses#nanos()}. */
  private final long began;

  private long movedAt;
  private @Nullable Mark last;

  JobWatch(PolicyClient client, PolicyCall call, String key, PollSchedule schedule, Pauses time) {
    this.client = client;
    this.call = call;
    this.key = key;
    this.schedule = schedule;
    this.time = time;
    this.began = time.nanos();
    this.movedAt = began;
  }

  /**
   * Notes where the job is; while it waits, the job before it must move.
   *
   * @throws SightlineException JOB_STUCK when nothing moved for the schedule's time
   */
  void look(JobStatus status) {
    Mark mark =
        status.state() == JobState.QUEUED
            ? markOfServer()
            : new Mark(key, status.phase(), status.done());
    long now = time.nanos();
    if (!mark.equals(last)) {
      last = mark;
      movedAt = now;
      return;
    }
    Duration still = Duration.ofNanos(now - movedAt);
    if (still.compareTo(schedule.stuckAfter()) > 0) {
      throw new SightlineException(
          FailureType.JOB_STUCK,
          "job %s of run %s has not moved for %d s (%s %d); reload the policy model"
              .formatted(key, call.run(), still.toSeconds(), mark.phase(), mark.done()));
    }
  }

  void pause() {
    time.sleep(schedule.pause(Duration.ofNanos(time.nanos() - began)));
  }

  private Mark markOfServer() {
    ServerState.RunningJob running = client.ping().running();
    return running == null
        ? new Mark("", null, 0)
        : new Mark(running.key(), running.phase(), running.done());
  }

  private record Mark(String key, @Nullable String phase, long done) {}
}
