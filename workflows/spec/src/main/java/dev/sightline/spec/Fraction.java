package dev.sightline.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A regular fraction of a 2-level factorial design. Factors are numbered; a set of factors is a bit
 * mask. The defining words are all products of the generators' words; the resolution is the length
 * of the shortest.
 *
 * <p>Source: G. E. P. Box and J. S. Hunter, "The 2^(k-p) fractional factorial designs",
 * Technometrics 3 (1961) 311-351.
 *
 * @param factors names, in the order of their numbers
 * @param generators number of a generated factor to the mask of the factors whose product it is
 */
record Fraction(List<String> factors, Map<Integer, Integer> generators) {
  Fraction {
    factors = List.copyOf(factors);
    generators = Collections.unmodifiableMap(new LinkedHashMap<>(generators));
  }

  /** The smallest fraction of at least this resolution; first in order of masks among equals. */
  static Optional<Fraction> ofResolution(List<String> factors, int resolution) {
    for (int basic = 1; basic < factors.size(); basic++) {
      Map<Integer, Integer> generators = new LinkedHashMap<>();
      if (extend(factors, basic, basic, resolution, generators)) {
        return Optional.of(new Fraction(factors, generators));
      }
    }
    return Optional.empty();
  }

  private static boolean extend(
      List<String> factors, int basic, int next, int resolution, Map<Integer, Integer> generators) {
    if (next == factors.size()) {
      return true;
    }
    for (int mask = 1; mask < 1 << basic; mask++) {
      generators.put(next, mask);
      if (new Fraction(factors, generators).resolution() >= resolution
          && extend(factors, basic, next + 1, resolution, generators)) {
        return true;
      }
      generators.remove(next);
    }
    return false;
  }

  /** The masks of all defining words, ascending. */
  List<Integer> words() {
    List<Integer> words = new ArrayList<>(List.of(0));
    generators.forEach(
        (factor, mask) -> {
          int word = mask | 1 << factor;
          List.copyOf(words).forEach(before -> words.add(before ^ word));
        });
    return words.stream().filter(word -> word != 0).sorted().toList();
  }

  int resolution() {
    return words().stream().mapToInt(Integer::bitCount).min().orElse(Integer.MAX_VALUE);
  }

  /** {@code I = a b c = ...}: which products of factors cannot be told apart from the mean. */
  String definingRelation() {
    StringBuilder text = new StringBuilder("I");
    for (int word : words()) {
      text.append(" =");
      for (int factor = 0; factor < factors.size(); factor++) {
        if ((word >> factor & 1) == 1) {
          text.append(' ').append(factors.get(factor));
        }
      }
    }
    return text.toString();
  }

  /** Level (0 or 1) of each factor in each run; the last basic factor changes fastest. */
  List<List<Integer>> runs() {
    List<Integer> basic = new ArrayList<>();
    for (int factor = 0; factor < factors.size(); factor++) {
      if (!generators.containsKey(factor)) {
        basic.add(factor);
      }
    }
    List<List<Integer>> runs = new ArrayList<>();
    for (int run = 0; run < 1 << basic.size(); run++) {
      int high = 0;
      for (int i = 0; i < basic.size(); i++) {
        if ((run >> basic.size() - 1 - i & 1) == 1) {
          high |= 1 << basic.get(i);
        }
      }
      List<Integer> levels = new ArrayList<>();
      for (int factor = 0; factor < factors.size(); factor++) {
        Integer mask = generators.get(factor);
        levels.add(mask == null ? high >> factor & 1 : product(mask, high));
      }
      runs.add(List.copyOf(levels));
    }
    return runs;
  }

  /** The level where the product of signs is +1 is 1: an even number of its factors is low. */
  private static int product(int mask, int high) {
    return Integer.bitCount(mask & ~high) % 2 == 0 ? 1 : 0;
  }
}
