package dev.sightline.statistics;

import org.jspecify.annotations.Nullable;

/** What may be said about a difference between two reward designs (science.md 7). */
public sealed interface Verdict {

  /** The fewest seeds from which a verdict on designs may be given. */
  int FEWEST_SEEDS = 5;

  /** One seed: the interval speaks about these two checkpoints only. */
  record ConditionalOnRun() implements Verdict {}

  /** Too few seeds for a verdict on designs. */
  record NoVerdict(int seeds) implements Verdict {}

  /** Seeds that were planned are missing, so nothing is said about designs. */
  record Incomplete(int seeds, int planned) implements Verdict {}

  /** The interval that decided lies above zero. */
  record Better(Interval deciding) implements Verdict {}

  /** The interval that decided lies below zero. */
  record Worse(Interval deciding) implements Verdict {}

  /** The interval that decided lies inside (-delta, delta). */
  record Equivalent(Interval deciding, double delta) implements Verdict {}

  /** Neither. */
  record Inconclusive(Interval deciding) implements Verdict {}

  /**
   * The wider of the two intervals decides. An interval inside the equivalence zone is equivalent
   * even when it excludes zero. A comparison that lacks planned seeds names no winner: which seeds
   * came through may depend on how they went.
   *
   * @param differences one for each seed
   * @param planned seeds, at least those measured
   * @param bootstrap the crossed bootstrap's interval of their mean
   * @param delta half-width of the equivalence zone; null when none was named
   */
  static Verdict of(
      double[] differences,
      int planned,
      Interval bootstrap,
      @Nullable Double delta,
      double confidence) {
    int seeds = differences.length;
    if (planned < seeds) {
      throw new IllegalArgumentException(seeds + " seeds of " + planned + " planned");
    }
    if (seeds < planned) {
      return new Incomplete(seeds, planned);
    }
    if (seeds == 1) {
      return new ConditionalOnRun();
    }
    if (seeds < FEWEST_SEEDS) {
      return new NoVerdict(seeds);
    }
    Interval deciding = Intervals.studentT(differences, confidence).wider(bootstrap);
    if (delta != null && deciding.within(delta)) {
      return new Equivalent(deciding, delta);
    }
    if (deciding.low() > 0) {
      return new Better(deciding);
    }
    return deciding.high() < 0 ? new Worse(deciding) : new Inconclusive(deciding);
  }
}
