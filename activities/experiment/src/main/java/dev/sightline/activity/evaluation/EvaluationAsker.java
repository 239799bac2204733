package dev.sightline.activity.evaluation;

import dev.sightline.activity.Trees;
import dev.sightline.activity.policy.PolicySession;
import dev.sightline.foundation.Digest;
import dev.sightline.reward.Judgement;
import dev.sightline.storage.EvaluationStore;
import dev.sightline.triton.policy.RolloutResult;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Asks what is missing of an evaluation, and sums its rows up. */
public final class EvaluationAsker {
  private final EvaluationStore store;

  public EvaluationAsker(EvaluationStore store) {
    this.store = store;
  }

  /** Whether all rows of a batch are stored. */
  public boolean answered(EvaluationPlan plan, int batch) {
    return store.missing(plan.digest(), plan.keys(batch)).isEmpty();
  }

  /**
   * Asks one batch, unless it is stored, and stores its rows together.
   *
   * @param lineage where the policy must stand
   */
  public void ask(EvaluationPlan plan, int batch, PolicySession session, Digest lineage) {
    if (answered(plan, batch)) {
      return;
    }
    byte[] result =
        session.run(
            "evaluate/" + plan.digest().shortForm() + "/" + batch,
            plan.payload(batch, earlier(plan, batch)),
            lineage);
    store.put(plan.digest(), plan.rows(batch, RolloutResult.read(result)));
  }

  /** Batches are asked in order, so what a batch shows again is stored. */
  private Map<String, String> earlier(EvaluationPlan plan, int batch) {
    Map<String, String> completions = new HashMap<>();
    plan.shows(batch)
        .ifPresent(
            variant ->
                store
                    .rows(plan.digest(), variant)
                    .forEach(row -> completions.put(row.key().item(), row.completion())));
    return completions;
  }

  /** Publishes the evaluation with the rates that curves and status lines show. */
  public EvaluationStore.Evaluation publish(EvaluationPlan plan) {
    return store.publish(plan.digest(), Trees.node(summary(store.rows(plan.digest()))));
  }

  private static Map<String, Object> summary(List<EvaluationStore.ItemRow> rows) {
    Map<String, Map<String, double[]>> sums = new TreeMap<>();
    for (EvaluationStore.ItemRow row : rows) {
      Judgement judgement = Judgement.fromMap(Trees.map(row.body()));
      Map<String, double[]> ofVariant =
          sums.computeIfAbsent(row.key().variant(), unused -> new TreeMap<>());
      add(ofVariant, "accuracy", judgement.accurate() ? 1 : 0);
      if (judgement.perception() != null) {
        add(ofVariant, "perception", judgement.perception() ? 1 : 0);
      }
      if (judgement.facts() != null) {
        add(ofVariant, "facts", judgement.facts());
      }
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    sums.forEach(
        (variant, parts) -> {
          Map<String, Object> means = new LinkedHashMap<>();
          parts.forEach((name, sum) -> means.put(name, sum[0] / sum[1]));
          summary.put(variant, means);
        });
    return summary;
  }

  private static void add(Map<String, double[]> sums, String name, double value) {
    double[] sum = sums.computeIfAbsent(name, unused -> new double[2]);
    sum[0] += value;
    sum[1]++;
  }
}
