package dev.sightline.storage;

import dev.sightline.foundation.FailureType;
import java.time.Instant;
import java.util.List;

/** Failed activity attempts, for people and for the report's provenance; never for results. */
public interface AttemptLog {
  /** Stands where the activity stands in a note of an artifact that was made again. */
  String ARTIFACT = "artifact";

  /** {@code scope} is a workflow id, {@code attempt} counts from 1. */
  record Attempt(
      String scope,
      String activity,
      int attempt,
      FailureType failureType,
      String message,
      Instant failedAt) {}

  void append(String scope, String activity, int attempt, FailureType failureType, String message);

  /** The newest {@code limit} of a scope, oldest first. */
  List<Attempt> list(String scope, int limit);
}
