package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code poll} and {@code submit}.
 *
 * @param phase the server's word for the part of the job it is in, or null before the first
 * @param done of {@code total} units of the phase
 * @param reason why it was cancelled or waits, or null
 * @param resultDigest and {@code resultBytes}: set when DONE
 * @param error set when FAILED
 * @param seconds that the job has run
 * @param incarnation of the server that said so; null where it did not answer for this job alone
 */
public record JobStatus(
    JobState state,
    @Nullable String phase,
    long done,
    long total,
    @Nullable String reason,
    @Nullable Digest resultDigest,
    @Nullable Long resultBytes,
    @Nullable ServerError error,
    double seconds,
    @Nullable String incarnation) {
  static JobStatus read(JsonFields body) {
    JsonFields error = body.optionalObject("error");
    return new JobStatus(
        body.constant("state", JobState.class),
        body.optionalText("phase"),
        body.count("done"),
        body.count("total"),
        body.optionalText("reason"),
        body.optionalDigest("resultDigest"),
        body.optionalCount("resultBytes"),
        error == null ? null : ServerError.read(error),
        body.number("seconds").doubleValue(),
        null);
  }

  JobStatus saidBy(String server) {
    return new JobStatus(
        state, phase, done, total, reason, resultDigest, resultBytes, error, seconds, server);
  }

  /** What a caller sees while the server's queue has no place for its job. */
  static JobStatus waitingForPlace(String reason) {
    return new JobStatus(JobState.QUEUED, null, 0, 0, reason, null, null, null, 0, null);
  }
}
