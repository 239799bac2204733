package dev.sightline.puzzle;

import java.math.BigInteger;

/**
 * The size of a configured family's space of legal scenes.
 *
 * @param scenes distinct legal scenes; a lower bound unless {@code basis} is EXACT
 * @param canonicalForms classes of scenes that are the same up to symmetry; a lower bound unless
 *     {@code basis} is EXACT. Two independent draws give the same form with a chance of at most
 *     1/canonicalForms where the basis is not EXACT, so that it also bounds how draws repeat
 * @param questions distinct questions that one scene gives, at least (1 for most families)
 * @param basis how it is known
 * @param enumerable whether the scenes can be listed (then the counts are exact)
 */
public record Space(
    BigInteger scenes,
    BigInteger canonicalForms,
    BigInteger questions,
    Basis basis,
    boolean enumerable) {
  /** How a space's size is known. */
  public enum Basis {
    /** Counted. */
    EXACT,
    /** Proven to be at least this. */
    LOWER_BOUND,
    /** At least this with 99.9 % confidence, from how often a fixed set of draws repeats itself. */
    MEASURED
  }

  public Space {
    if (enumerable && basis != Basis.EXACT) {
      throw new IllegalArgumentException("what can be listed is counted exactly");
    }
  }

  /** Whether {@link #scenes} is exact. */
  public boolean scenesExact() {
    return basis == Basis.EXACT;
  }

  /** A counted space that is drawn from, not listed. */
  public static Space exact(BigInteger scenes, BigInteger forms, BigInteger questions) {
    return new Space(scenes, forms, questions, Basis.EXACT, false);
  }

  /** A space of at least so many canonical forms. */
  public static Space atLeast(BigInteger forms, BigInteger questions) {
    return new Space(forms, forms, questions, Basis.LOWER_BOUND, false);
  }
}
