package dev.sightline.triton.policy;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.time.Duration;

/** Time as the waiting loops see it, so that tests need not wait. */
interface Pauses {
  /** Nanoseconds from a fixed but unknown point. */
  long nanos();

  /** Throws CANCELLED when the thread is interrupted, with the flag kept. */
  void sleep(Duration pause);

  Pauses REAL =
      new Pauses() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration pause) {
          try {
            Thread.sleep(pause);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SightlineException(
                FailureType.CANCELLED, "the wait for the policy server was interrupted", e);
          }
        }
      };
}
