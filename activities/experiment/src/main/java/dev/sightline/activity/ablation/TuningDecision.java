package dev.sightline.activity.ablation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.activity.Trees;
import dev.sightline.activity.TunedRates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Each arm's learning rate, and all that it was chosen from.
 *
 * @param metric wire name of the metric on dev
 * @param arms in the file's order
 */
record TuningDecision(long seed, int step, String metric, List<Tried> arms) {
  TuningDecision {
    arms = List.copyOf(arms);
  }

  /**
   * A rate and what came of it.
   *
   * @param dev the metric on dev; null when the run was skipped
   */
  record Rate(double learningRate, @Nullable Double dev) {}

  /** An arm's tries in the order of the rates. */
  record Tried(String arm, List<Rate> rates) {
    Tried {
      rates = List.copyOf(rates);
    }

    /**
     * The best rate, ties to the one that is named first; null when all tries were skipped, and the
     * arm keeps its own.
     */
    @Nullable Double chosen() {
      Rate best = null;
      for (Rate rate : rates) {
        if (rate.dev() != null && (best == null || best.dev() == null || rate.dev() > best.dev())) {
          best = rate;
        }
      }
      return best == null ? null : (Double) best.learningRate();
    }
  }

  /** The row's body. */
  JsonNode tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("seed", seed);
    tree.put("step", step);
    tree.put("metric", metric);
    tree.put("arms", arms);
    Map<String, Object> chosen = new LinkedHashMap<>();
    for (Tried tried : arms) {
      Double rate = tried.chosen();
      if (rate != null) {
        chosen.put(tried.arm(), rate);
      }
    }
    tree.put(TunedRates.CHOSEN, chosen);
    return Trees.node(tree);
  }

  /** Reads what {@link #tree} wrote. */
  static TuningDecision read(JsonNode body) {
    return new TuningDecision(
        body.path("seed").longValue(),
        body.path("step").intValue(),
        body.path("metric").asText(),
        Trees.records(body.path("arms"), Tried.class));
  }
}
