package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One submit: who asks, under which key, what.
 *
 * @param key names the job within the run; the same key again attaches to the same job, also after
 *     a crash of the caller
 * @param payload null for the kinds that have only parameters
 * @param parameters empty for the kinds that have a payload
 * @param expectedLineage where the run must stand; needed by rollout, train and fit, null for
 *     restore and reset, checked when given for the others
 */
public record JobSubmission(
    PolicyCall call,
    String key,
    JobKind kind,
    @Nullable Payload payload,
    Map<String, @Nullable Object> parameters,
    @Nullable Digest expectedLineage) {
  public JobSubmission {
    if (key.isBlank()) {
      throw new IllegalArgumentException("a job's key is blank");
    }
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  public static JobSubmission of(
      PolicyCall call, String key, PolicyJob job, @Nullable Digest expectedLineage) {
    return switch (job) {
      case PolicyJob.WithPayload with ->
          new JobSubmission(call, key, job.kind(), with.payload(), Map.of(), expectedLineage);
      case PolicyJob.WithParameters with ->
          new JobSubmission(call, key, job.kind(), null, with.parameters(), expectedLineage);
    };
  }

  /** A payload that was stored before: replays must send the very bytes. */
  public static JobSubmission stored(
      PolicyCall call, String key, JobKind kind, byte[] payload, @Nullable Digest expectedLineage) {
    return new JobSubmission(call, key, kind, Payload.of(payload), Map.of(), expectedLineage);
  }

  Map<String, @Nullable Object> body() {
    return Trees.of(
        "kind",
        kind.wireName(),
        "input",
        payload == null ? null : payload.digest(),
        "parameters",
        parameters);
  }
}
