package dev.sightline.activity.ablation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.activity.Trees;
import dev.sightline.spec.Ablation;
import dev.sightline.statistics.Interval;
import dev.sightline.statistics.SeedRule;
import dev.sightline.statistics.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A look at the open primary contrasts, and what came of it.
 *
 * @param number from 1
 * @param looks declared looks
 * @param confidence of the interval at each look
 * @param contrasts those that were open before
 * @param add the run seed that is added; null when there is nothing left to add for
 */
record LookDecision(
    int number, int looks, double confidence, List<Standing> contrasts, @Nullable Long add) {
  LookDecision {
    contrasts = List.copyOf(contrasts);
  }

  /** Where a contrast stands after a look. */
  enum Outcome {
    OPEN,
    BETTER,
    WORSE,
    EQUIVALENT,
    NARROW_ENOUGH,
    NO_SEEDS_LEFT,
    /** A run of one of its arms was skipped. */
    INCOMPLETE,
    /** One of its arms was stopped for futility. */
    STOPPED
  }

  /**
   * One contrast.
   *
   * @param bySeed difference of each seed in the order of {@code seeds}; empty where nothing could
   *     be compared
   * @param low of the interval that decided, in confidence 1 - alpha / looks; null likewise
   */
  record Standing(
      String arm,
      String against,
      List<Long> seeds,
      List<Double> bySeed,
      @Nullable Double low,
      @Nullable Double high,
      Outcome outcome) {
    Standing {
      seeds = List.copyOf(seeds);
      bySeed = List.copyOf(bySeed);
    }

    static Standing uncompared(Ablation.Contrast contrast, Outcome outcome) {
      return new Standing(
          contrast.arm(), contrast.against(), List.of(), List.of(), null, null, outcome);
    }

    static Standing of(
        Ablation.Contrast contrast,
        List<Long> seeds,
        List<Double> bySeed,
        SeedRule.Decision decision) {
      Verdict verdict =
          switch (decision) {
            case SeedRule.AddSeed(int _, @Nullable Verdict open) -> open;
            case SeedRule.Stop(SeedRule.Reason _, int _, Verdict last) -> last;
          };
      Interval deciding = verdict == null ? null : deciding(verdict);
      return new Standing(
          contrast.arm(),
          contrast.against(),
          seeds,
          bySeed,
          deciding == null ? null : (Double) deciding.low(),
          deciding == null ? null : (Double) deciding.high(),
          outcome(decision));
    }

    private static @Nullable Interval deciding(Verdict verdict) {
      return switch (verdict) {
        case Verdict.Better(Interval deciding) -> deciding;
        case Verdict.Worse(Interval deciding) -> deciding;
        case Verdict.Equivalent(Interval deciding, double _) -> deciding;
        case Verdict.Inconclusive(Interval deciding) -> deciding;
        case Verdict.ConditionalOnRun _, Verdict.NoVerdict _, Verdict.Incomplete _ -> null;
      };
    }

    private static Outcome outcome(SeedRule.Decision decision) {
      return switch (decision) {
        case SeedRule.AddSeed _ -> Outcome.OPEN;
        case SeedRule.Stop(SeedRule.Reason reason, int _, Verdict verdict) ->
            switch (reason) {
              case NARROW_ENOUGH -> Outcome.NARROW_ENOUGH;
              case NO_SEEDS_LEFT -> Outcome.NO_SEEDS_LEFT;
              case DECIDED ->
                  switch (verdict) {
                    case Verdict.Better _ -> Outcome.BETTER;
                    case Verdict.Worse _ -> Outcome.WORSE;
                    case Verdict.Equivalent _ -> Outcome.EQUIVALENT;
                    case Verdict.Inconclusive _,
                        Verdict.ConditionalOnRun _,
                        Verdict.NoVerdict _,
                        Verdict.Incomplete _ ->
                        throw new IllegalStateException("the rule decided by " + verdict);
                  };
            };
      };
    }
  }

  /** The contrasts that need another seed. */
  List<Ablation.Contrast> open() {
    return contrasts.stream()
        .filter(standing -> standing.outcome() == Outcome.OPEN)
        .map(standing -> new Ablation.Contrast(standing.arm(), standing.against()))
        .toList();
  }

  /** The row's body. */
  JsonNode tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("looks", looks);
    tree.put("confidence", confidence);
    tree.put("contrasts", contrasts);
    if (add != null) {
      tree.put("add", add);
    }
    return Trees.node(tree);
  }

  /** Reads what {@link #tree} wrote. */
  static LookDecision read(int number, JsonNode body) {
    return new LookDecision(
        number,
        body.path("looks").intValue(),
        body.path("confidence").doubleValue(),
        Trees.records(body.path("contrasts"), Standing.class),
        body.hasNonNull("add") ? (Long) body.path("add").longValue() : null);
  }
}
