package dev.sightline.storage;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;

/** Short spellings of the failures that several stores throw. */
final class Failures {
  private Failures() {}

  static SightlineException unknown(String kind, Object name) {
    return new SightlineException(
        FailureType.UNKNOWN_TARGET, "there is no " + kind + " " + name + "; check the name");
  }

  static SightlineException conflict(String message) {
    return new SightlineException(FailureType.STORE_CONFLICT, message);
  }

  static SightlineException step(String message) {
    return new SightlineException(FailureType.STEP_CONFLICT, message);
  }

  /** For statements that must find their row. */
  static void requireOne(int rows, String kind, Object name) {
    if (rows != 1) {
      throw unknown(kind, name);
    }
  }
}
