package dev.sightline.puzzle.badexample;

import io.temporal.failure.ApplicationFailure;

/** Breaks a rule on purpose: throws what only workflows and activities know. */
public final class UsesTemporal {
  private UsesTemporal() {}

  public static RuntimeException failure() {
    return ApplicationFailure.newFailure("no", "type");
  }
}
