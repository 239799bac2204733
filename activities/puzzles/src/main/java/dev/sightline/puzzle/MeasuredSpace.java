package dev.sightline.puzzle;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SeedTree;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/**
 * A lower bound on the size of a space from how often draws repeat: among m draws from N equally
 * likely forms, m(m-1)/(2N) pairs are expected to be equal, and unequal chances only give more. The
 * 99.9 % upper limit of the Poisson mean of the pairs seen gives the lower limit of N.
 */
public final class MeasuredSpace {
  private static final int DRAWS = 3000;

  /** Standard normal quantile of 0.999. */
  private static final double QUANTILE = 3.090232306167813;

  private MeasuredSpace() {}

  /** A pure function of the configuration; takes as long as 3,000 draws. */
  public static Space of(ConfiguredFamily family, BigInteger questions) {
    SeedTree seed = SeedTree.root(0).child("measured-space").child(family.family().name());
    Map<Digest, Integer> forms = new HashMap<>();
    for (int i = 0; i < DRAWS; i++) {
      forms.merge(family.canonicalKey(family.draw(seed.child(i)).scene()), 1, Integer::sum);
    }
    long pairs = 0;
    for (int count : forms.values()) {
      pairs += (long) count * (count - 1) / 2;
    }
    double expected = upperLimit(pairs);
    long least = (long) Math.floor(DRAWS * (DRAWS - 1.0) / 2 / expected);
    BigInteger size = BigInteger.valueOf(Math.max(1, least));
    return new Space(size, size, questions, Space.Basis.MEASURED, false);
  }

  /**
   * Upper limit of a Poisson mean by Wilson and Hilferty's approximation of the chi-square quantile
   * (Byar's form: Breslow and Day 1987, p. 69); exact, -ln 0.001, for no events.
   */
  static double upperLimit(long events) {
    if (events == 0) {
      return -StrictMath.log(0.001);
    }
    double next = events + 1.0;
    double root = 1 - 1 / (9 * next) + QUANTILE / (3 * StrictMath.sqrt(next));
    return next * root * root * root;
  }
}
