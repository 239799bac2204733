package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.util.Objects;

/**
 * Runs one job to its end: upload, submit (or attach, after a crash of an earlier caller), poll,
 * fetch the result. A payload of several chunks is only uploaded when the server asks for it.
 */
public final class PolicyJobs {
  private static final int UPLOADS_BEFORE_GIVING_UP = 3;

  private final PolicyClient client;
  private final JobSubmission job;
  private final ProgressListener listener;
  private final JobWatch watch;

  private PolicyJobs(
      PolicyClient client,
      JobSubmission job,
      PollSchedule schedule,
      ProgressListener listener,
      Pauses time) {
    this.client = client;
    this.job = job;
    this.listener = listener;
    this.watch = new JobWatch(client, job.call(), job.key(), schedule, time);
  }

  /**
   * Blocks until the job is done.
   *
   * @return the result's bytes, checked against the digest that the server announced
   * @throws SightlineException of the server's type when the job fails, CANCELLED when someone
   *     cancelled it, JOB_STUCK when nothing moved for the schedule's time, or as {@link
   *     PolicyClient} does; the job itself goes on in the last two cases
   */
  public static byte[] run(
      PolicyClient client,
      JobSubmission submission,
      PollSchedule schedule,
      ProgressListener listener) {
    return run(client, submission, schedule, listener, Pauses.REAL);
  }

  static byte[] run(
      PolicyClient client,
      JobSubmission submission,
      PollSchedule schedule,
      ProgressListener listener,
      Pauses time) {
    return new PolicyJobs(client, submission, schedule, listener, time).toEnd();
  }

  private byte[] toEnd() {
    JobStatus status = submit();
    while (true) {
      listener.onProgress(status);
      switch (status.state()) {
        case QUEUED, RUNNING -> watch.look(status);
        case DONE -> {
          return fetch(status);
        }
        case FAILED -> throw failure(status);
        case CANCELLED ->
            throw new SightlineException(
                FailureType.CANCELLED,
                "job "
                    + job.key()
                    + " was cancelled"
                    + (status.reason() == null ? "" : ": " + status.reason()));
      }
      watch.pause();
      status = client.poll(job.call(), job.key());
    }
  }

  private JobStatus submit() {
    int uploads = 0;
    if (job.payload() != null && client.fitsOneChunk(job.payload())) {
      // Asking first whether it is there would cost every new job a call; repeats are rare.
      client.upload(job.payload());
    }
    while (true) {
      try {
        return client.submit(job);
      } catch (SightlineException e) {
        Payload payload = job.payload();
        if (e.type() == FailureType.PAYLOAD_MISSING
            && payload != null
            && uploads++ < UPLOADS_BEFORE_GIVING_UP) {
          client.upload(payload);
        } else if (e.type() == FailureType.POLICY_BUSY) {
          JobStatus waiting = JobStatus.waitingForPlace(Objects.requireNonNull(e.getMessage()));
          listener.onProgress(waiting);
          watch.look(waiting);
          watch.pause();
        } else {
          throw e;
        }
      }
    }
  }

  private byte[] fetch(JobStatus status) {
    byte[] result = client.result(job.call(), job.key());
    Digest announced = status.resultDigest();
    if (announced == null || !announced.equals(Digest.of(result))) {
      throw new SightlineException(
          FailureType.POLICY_INTERNAL,
          "the result of job " + job.key() + " is not the one that poll announced; try again");
    }
    return result;
  }

  private SightlineException failure(JobStatus status) {
    String what = "job " + job.key() + " of run " + job.call().run();
    ServerError error = status.error();
    return error == null
        ? new SightlineException(
            FailureType.PROTOCOL_VIOLATION, what + " failed without an error; update the model")
        : error.toException(what);
  }
}
