package dev.sightline.activity;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.time.Duration;

/** Pauses between two looks at something that an activity waits for. */
public final class Waits {
  private Waits() {}

  /**
   * @param what it waits for, for the message
   * @throws SightlineException CANCELLED when the thread is interrupted, with the flag kept
   */
  public static void pause(Duration pause, String what) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SightlineException(
          FailureType.CANCELLED, "interrupted while waiting for " + what, e);
    }
  }
}
