package dev.sightline.activity.ablation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.activity.Trees;
import dev.sightline.spec.Ablation;
import dev.sightline.statistics.ClusteredMean;
import dev.sightline.statistics.FutilityRule;
import dev.sightline.statistics.Intervals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which arms are stopped for futility after some steps, and all that it was decided from.
 *
 * @param number from 1
 * @param looks declared looks
 * @param metric wire name of the metric on dev
 */
record FutilityDecision(
    int number,
    int step,
    int looks,
    double leastGain,
    double alpha,
    String metric,
    List<Standing> arms) {
  FutilityDecision {
    arms = List.copyOf(arms);
  }

  /**
   * One arm that came here.
   *
   * @param seeds whose runs came here
   * @param items dev items compared, over the seeds that the reference has too
   * @param difference arm minus reference; null for the reference, and where nothing could be
   *     compared
   * @param upper the bound that decided; null like the difference
   */
  record Standing(
      String arm,
      List<Long> seeds,
      int items,
      @Nullable Double difference,
      @Nullable Double upper,
      boolean stop) {
    Standing {
      seeds = List.copyOf(seeds);
    }

    /**
     * An arm's place by the rule. The rule counts the scatter of items; with several seeds the
     * upper bound of Student's t over the seeds' differences, at the same level, must lie below the
     * least gain too, so that one bad run stops no arm.
     *
     * @param bySeed arm minus reference for each dev item; with fewer than two clusters of items
     *     nothing is stopped
     */
    static Standing of(
        String arm,
        List<Long> seeds,
        FutilityRule rule,
        int look,
        Map<Long, List<ClusteredMean.Value>> bySeed) {
      List<ClusteredMean.Value> differences =
          bySeed.values().stream().flatMap(List::stream).toList();
      if (differences.stream().map(ClusteredMean.Value::cluster).distinct().count() < 2) {
        return new Standing(arm, seeds, differences.size(), null, null, false);
      }
      double upper = rule.decide(look, differences).upper();
      double[] means =
          bySeed.values().stream()
              .filter(values -> !values.isEmpty())
              .mapToDouble(values -> ClusteredMean.of(values).mean())
              .toArray();
      if (means.length > 1) {
        double oneSided = 1 - rule.alpha() / rule.looks();
        upper = Math.max(upper, Intervals.studentT(means, 2 * oneSided - 1).high());
      }
      return new Standing(
          arm,
          seeds,
          differences.size(),
          ClusteredMean.of(differences).mean(),
          upper,
          upper < rule.leastGain());
    }
  }

  static FutilityDecision of(int number, Ablation.Futility futility, List<Standing> arms) {
    return new FutilityDecision(
        number,
        futility.steps().get(number - 1),
        futility.steps().size(),
        futility.leastGain(),
        futility.alpha(),
        futility.metric().wire(),
        arms);
  }

  /** The arms that go on, with their seeds. */
  Map<String, List<Long>> goOn() {
    Map<String, List<Long>> left = new LinkedHashMap<>();
    arms.stream()
        .filter(standing -> !standing.stop())
        .forEach(standing -> left.put(standing.arm(), standing.seeds()));
    return left;
  }

  /** The row's body. */
  JsonNode tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("step", step);
    tree.put("looks", looks);
    tree.put("leastGain", leastGain);
    tree.put("alpha", alpha);
    tree.put("metric", metric);
    tree.put("arms", arms);
    return Trees.node(tree);
  }

  /** Reads what {@link #tree} wrote. */
  static FutilityDecision read(int number, JsonNode body) {
    return new FutilityDecision(
        number,
        body.path("step").intValue(),
        body.path("looks").intValue(),
        body.path("leastGain").doubleValue(),
        body.path("alpha").doubleValue(),
        body.path("metric").asText(),
        Trees.records(body.path("arms"), Standing.class));
  }

  /** Why an arm was stopped, in words. */
  String words(Standing standing) {
    return String.format(
        Locale.ROOT,
        "incomplete by the futility rule: at step %d its dev %s was %+.1f points from the"
            + " reference's, at most %+.1f (look %d of %d, alpha %s), below the %+.1f worth going"
            + " on for; stopped, not worse",
        step,
        metric,
        100 * (standing.difference() == null ? 0 : standing.difference()),
        100 * (standing.upper() == null ? 0 : standing.upper()),
        number,
        looks,
        alpha,
        100 * leastGain);
  }
}
