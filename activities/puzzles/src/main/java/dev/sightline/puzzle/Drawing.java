package dev.sightline.puzzle;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SeedTree;
import dev.sightline.foundation.SightlineException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Rejection sampling with a bound. */
public final class Drawing {
  private Drawing() {}

  /**
   * Tries until something comes; all tries share one random stream of the seed.
   *
   * @throws SightlineException SPACE_EXHAUSTED after so many tries without success
   */
  public static <T> T until(
      SeedTree seed, int tries, Function<SplittableRandom, Optional<T>> attempt) {
    SplittableRandom random = seed.random();
    for (int i = 0; i < tries; i++) {
      Optional<T> found = attempt.apply(random);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new SightlineException(
        FailureType.SPACE_EXHAUSTED,
        "no puzzle of the wanted level, measures and questions came in "
            + tries
            + " draws; ask for another level, wider measures or a larger board");
  }
}
