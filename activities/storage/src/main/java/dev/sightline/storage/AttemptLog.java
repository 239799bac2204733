package dev.sightline.storage;

import dev.sightline.foundation.FailureType;
import java.time.Instant;
import java.util.List;

/** Failed activity attempts, for people and for the report's provenance; never for results. */
public interface AttemptLog {
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
