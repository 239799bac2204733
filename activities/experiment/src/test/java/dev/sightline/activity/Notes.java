package dev.sightline.activity;

import dev.sightline.foundation.FailureType;
import dev.sightline.storage.AttemptLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps notes of attempts in memory. */
public final class Notes implements AttemptLog {
  public final List<Attempt> all = new ArrayList<>();

  @Override
  public void append(
      String scope, String activity, int attempt, FailureType failureType, String message) {
    all.add(new Attempt(scope, activity, attempt, failureType, message, Instant.EPOCH));
  }

  @Override
  public List<Attempt> list(String scope, int limit) {
    return all.stream().filter(note -> note.scope().equals(scope)).limit(limit).toList();
  }
}
