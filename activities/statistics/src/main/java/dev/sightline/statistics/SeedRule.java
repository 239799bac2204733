package dev.sightline.statistics;

import org.jspecify.annotations.Nullable;

/**
 * When to add a seed to both arms, and when to stop: a rule declared before the first look.
 *
 * <p>There is one look at each number of seeds from the fewest to the most. Every look uses the
 * interval of confidence 1 - alpha / looks, so by Bonferroni's inequality the chance that any of
 * them misses the difference is at most alpha, whatever is decided on the way. The looks that are
 * counted are the declared ones, not those that were needed.
 *
 * @param fewest seeds before the first look, at least {@link Verdict#FEWEST_SEEDS}
 * @param most seeds after which to stop in any case
 * @param alpha chance of a wrong better or worse when the arms do not differ
 * @param delta half-width of the equivalence zone; null when none was named
 * @param halfWidth stop when the interval is at most this far from its middle; null for no such
 *     rule
 */
public record SeedRule(
    int fewest, int most, double alpha, @Nullable Double delta, @Nullable Double halfWidth) {
  public SeedRule {
    if (fewest < Verdict.FEWEST_SEEDS || most < fewest) {
      throw new IllegalArgumentException(
          "seeds "
              + fewest
              + " to "
              + most
              + ": the fewest must be at least "
              + Verdict.FEWEST_SEEDS
              + " and at most the most");
    }
    if (!(alpha > 0 && alpha < 0.5)) {
      throw new IllegalArgumentException("alpha " + alpha + " is not between 0 and 0.5");
    }
    if ((delta != null && !(delta > 0)) || (halfWidth != null && !(halfWidth > 0))) {
      throw new IllegalArgumentException(
          "delta and halfWidth must be above 0 where they are named");
    }
  }

  /** Why a rule stops. */
  public enum Reason {
    DECIDED,
    NARROW_ENOUGH,
    NO_SEEDS_LEFT
  }

  /** What to do next. */
  public sealed interface Decision {}

  /**
   * Run one more seed on both arms.
   *
   * @param look looks taken so far, 0 before the fewest seeds
   * @param verdict of the last look, which is inconclusive; null before the first
   */
  public record AddSeed(int look, @Nullable Verdict verdict) implements Decision {}

  /** Done, with the verdict at the level of a single look. */
  public record Stop(Reason reason, int look, Verdict verdict) implements Decision {}

  /** Declared looks. */
  public int looks() {
    return most - fewest + 1;
  }

  /** Confidence of the interval at each look. */
  public double confidence() {
    return 1 - alpha / looks();
  }

  /**
   * @param outcomes all seeds so far, both arms complete
   * @param resamples of the crossed bootstrap; enough for the tail alpha / looks
   * @param seed of the crossed bootstrap
   */
  public Decision decide(PairedOutcomes outcomes, int resamples, long seed) {
    int seeds = outcomes.seeds().size();
    if (seeds < fewest) {
      return new AddSeed(0, null);
    }
    int look = seeds - fewest + 1;
    Interval bootstrap = CrossedBootstrap.interval(outcomes, resamples, confidence(), seed);
    Verdict verdict = Verdict.of(outcomes.seedDifferences(), seeds, bootstrap, delta, confidence());
    return switch (verdict) {
      case Verdict.Better _, Verdict.Worse _, Verdict.Equivalent _ ->
          new Stop(Reason.DECIDED, look, verdict);
      case Verdict.Inconclusive inconclusive -> {
        if (halfWidth != null && inconclusive.deciding().width() / 2 <= halfWidth) {
          yield new Stop(Reason.NARROW_ENOUGH, look, verdict);
        }
        yield seeds >= most
            ? new Stop(Reason.NO_SEEDS_LEFT, look, verdict)
            : new AddSeed(look, verdict);
      }
      case Verdict.NoVerdict _, Verdict.ConditionalOnRun _, Verdict.Incomplete _ ->
          throw new IllegalStateException(seeds + " complete seeds gave " + verdict);
    };
  }
}
