package dev.sightline.triton.policy;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.time.Duration;
import java.util.Optional;

/** The wait for one job: how long to pause, and whether anything moves. */
final class JobWatch {
  private final PolicyClient client;
  private final PolicyCall call;
  private final String key;
  private final PollSchedule schedule;
  private final Pauses time;

  private final Standstill standstill;

  /** When the wait began; from {@link Pauses#nanos()}. */
  private final long began;

  private boolean looked;

  JobWatch(PolicyClient client, PolicyCall call, String key, PollSchedule schedule, Pauses time) {
    this.client = client;
    this.call = call;
    this.key = key;
    this.schedule = schedule;
    this.time = time;
    this.began = time.nanos();
    this.standstill = new Standstill(schedule.stuckAfter());
  }

  /**
   * Notes where the job is; while it waits, the job before it must move. One that was handed in
   * just now waits for nothing yet.
   *
   * @throws SightlineException JOB_STUCK when nothing moved for the schedule's time
   */
  void look(JobStatus status) {
    boolean first = !looked;
    looked = true;
    if (first && status.state() == JobState.QUEUED) {
      return;
    }
    Standstill.Mark mark =
        status.state() == JobState.QUEUED
            ? Standstill.Mark.of(client.ping().running())
            : new Standstill.Mark(key, status.phase(), status.done());
    Optional<Duration> still = standstill.look(mark, time.nanos());
    if (still.isPresent()) {
      throw new SightlineException(
          FailureType.JOB_STUCK,
          "job %s of run %s has not moved for %d s (%s %d); the policy model must be reloaded"
              .formatted(key, call.run(), still.get().toSeconds(), mark.phase(), mark.done()));
    }
  }

  void pause() {
    time.sleep(schedule.pause(Duration.ofNanos(time.nanos() - began)));
  }
}
