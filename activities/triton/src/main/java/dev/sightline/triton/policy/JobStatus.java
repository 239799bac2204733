package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;
import java.util.List;
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
 * @param sampled how far a rollout's completions are while it runs; null else
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
    @Nullable Sampled sampled,
    @Nullable String incarnation) {

  /**
   * Completions as they grow, in the order of the result.
   *
   * @param lengths tokens of each by now
   * @param growing indices of those that are not over
   */
  public record Sampled(List<Integer> lengths, List<Integer> growing) {
    public Sampled {
      lengths = List.copyOf(lengths);
      growing = List.copyOf(growing);
    }

    static Sampled read(JsonFields fields) {
      return new Sampled(fields.integers("lengths"), fields.integers("growing"));
    }
  }

  static JobStatus read(JsonFields body) {
    JsonFields error = body.optionalObject("error");
    JsonFields sampled = body.optionalObject("sampled");
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
        sampled == null ? null : Sampled.read(sampled),
        null);
  }

  JobStatus saidBy(String server) {
    return new JobStatus(
        state,
        phase,
        done,
        total,
        reason,
        resultDigest,
        resultBytes,
        error,
        seconds,
        sampled,
        server);
  }

  /** What a caller sees while the server's queue has no place for its job. */
  static JobStatus waitingForPlace(String reason) {
    return new JobStatus(JobState.QUEUED, null, 0, 0, reason, null, null, null, 0, null, null);
  }
}
