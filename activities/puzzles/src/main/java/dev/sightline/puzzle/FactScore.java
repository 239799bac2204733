package dev.sightline.puzzle;

/**
 * How much of a scene a description gets right, by science.md 5.
 *
 * @param value the raw score in [0, 1]
 * @param right facts asserted once, or more than once with one value, and true
 * @param facts facts of the true scene
 * @param assertions facts that the description asserts, repeats counted
 */
public record FactScore(double value, int right, int facts, int assertions) {
  public FactScore {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("a fact score lies in [0, 1], not " + value);
    }
  }

  /** Nothing asserted. */
  public static FactScore none(int facts) {
    return new FactScore(0, 0, facts, 0);
  }
}
