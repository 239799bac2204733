package dev.sightline.puzzle.render;

import java.util.Optional;
import java.util.function.IntPredicate;

/** Which sizes of pictures, in pixels, families draw and what they say of the others. */
public final class PictureSize {
  /** Smallest side that any family draws. */
  public static final int SMALLEST = 56;

  /** Largest side that any family draws. */
  public static final int LARGEST = 1024;

  private PictureSize() {}

  /** Problem and fix where a side is outside the limits that all families share. */
  public static Optional<String> outside(int width, int height) {
    return Math.min(width, height) < SMALLEST || Math.max(width, height) > LARGEST
        ? Optional.of(
            "%d x %d pixels; use %d to %d each way".formatted(width, height, SMALLEST, LARGEST))
        : Optional.empty();
  }

  /**
   * Problem and fix where the shorter side is below {@code least}.
   *
   * @param problem what such pixels do, such as "are too few for a clock"
   */
  public static Optional<String> below(int least, int width, int height, String problem) {
    return Math.min(width, height) < least
        ? Optional.of(
            "%d x %d pixels %s; use at least %d x %d"
                .formatted(width, height, problem, least, least))
        : Optional.empty();
  }

  /** The smallest allowed side of a square picture that can be read. */
  public static int least(IntPredicate readable) {
    int side = SMALLEST;
    while (!readable.test(side)) {
      side++;
    }
    return side;
  }
}
