package dev.sightline.puzzle;

import java.math.BigInteger;

/**
 * The size of a configured family's space of legal scenes.
 *
 * @param scenes distinct legal scenes; a lower bound where {@code scenesExact} is false
 * @param canonicalForms classes of scenes that are the same up to symmetry; a lower bound where
 *     {@code enumerable} is false
 * @param scenesExact whether {@code scenes} is exact
 * @param enumerable whether the scenes can be listed (then both counts are exact)
 */
public record Space(
    BigInteger scenes, BigInteger canonicalForms, boolean scenesExact, boolean enumerable) {
  public Space {
    if (enumerable && !scenesExact) {
      throw new IllegalArgumentException("what can be listed is counted exactly");
    }
  }
}
