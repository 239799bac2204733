package dev.sightline.activity.ablation;

import dev.sightline.activity.Trees;
import dev.sightline.activity.dataset.Datasets;
import dev.sightline.activity.evaluation.Checkpoints;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.report.ReportRequest;
import dev.sightline.reward.Judgement;
import dev.sightline.spec.Ablation;
import dev.sightline.spec.DevMetric;
import dev.sightline.spec.EvaluationMode;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.PlannedStage.TrainToRung;
import dev.sightline.statistics.ClusteredMean;
import dev.sightline.statistics.Outcome;
import dev.sightline.storage.EvaluationStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.Stores;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Stored answers to the image, as decisions need them. */
final class Answered {
  private final Stores stores;
  private final Datasets datasets;
  private final Stages stages;
  private final DevelopmentCurves development;
  private final Checkpoints checkpoints;

  Answered(Stores stores, Datasets datasets, Stages stages) {
    this.stores = stores;
    this.datasets = datasets;
    this.stages = stages;
    this.development = new DevelopmentCurves(stores);
    this.checkpoints = new Checkpoints(stores);
  }

  static SightlineException missing(String target) {
    return new SightlineException(
        FailureType.STAGE_FAILED,
        target + " has no evaluation to decide by; let its workflow end, or skip it");
  }

  /** A run's metric on dev after these steps; empty where that was not evaluated. */
  OptionalDouble dev(String experiment, String arm, long seed, int step, DevMetric metric) {
    return stores.runs().find(Ids.runId(experiment, arm, seed)).stream()
        .flatMap(run -> development.of(run).points().stream())
        .filter(point -> point.step() == step)
        .map(point -> value(point, metric))
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .findFirst();
  }

  private static @Nullable Double value(ReportRequest.DevelopmentPoint point, DevMetric metric) {
    return switch (metric) {
      case ACCURACY -> (Double) point.accuracy();
      case PERCEPTION -> point.perception();
    };
  }

  /**
   * Arm minus reference for every dev item, by seed.
   *
   * @throws SightlineException STAGE_FAILED when one of the runs has no such evaluation
   */
  Map<Long, List<ClusteredMean.Value>> devDifferences(
      String experiment,
      ExperimentSpec spec,
      String arm,
      String reference,
      List<Long> seeds,
      int step,
      DevMetric metric) {
    Map<String, String> clusters = clusters(spec, Split.DEV);
    Map<Long, List<ClusteredMean.Value>> bySeed = new LinkedHashMap<>();
    for (long seed : seeds) {
      List<ClusteredMean.Value> differences = new ArrayList<>();
      Map<String, Double> first = devItems(experiment, arm, seed, step, metric);
      Map<String, Double> second = devItems(experiment, reference, seed, step, metric);
      first.forEach(
          (item, value) -> {
            Double other = second.get(item);
            if (other != null) {
              differences.add(
                  new ClusteredMean.Value(
                      Objects.requireNonNull(clusters.get(item), item), value - other));
            }
          });
      bySeed.put(seed, differences);
    }
    return bySeed;
  }

  private Map<String, Double> devItems(
      String experiment, String arm, long seed, int step, DevMetric metric) {
    Optional<RunStore.Run> run = stores.runs().find(Ids.runId(experiment, arm, seed));
    EvaluationStore.Evaluation evaluation =
        run.flatMap(found -> development.evaluation(found, step))
            .orElseThrow(() -> missing(TrainToRung.path(arm, seed, step)));
    Map<String, Double> values = new LinkedHashMap<>();
    for (EvaluationStore.ItemRow row : rows(evaluation)) {
      Judgement judgement = Judgement.fromMap(Trees.map(row.body()));
      Boolean value =
          switch (metric) {
            case ACCURACY -> (Boolean) judgement.accurate();
            case PERCEPTION -> judgement.perception();
          };
      if (value != null) {
        values.put(row.key().item(), value ? 1.0 : 0.0);
      }
    }
    return values;
  }

  private List<EvaluationStore.ItemRow> rows(EvaluationStore.Evaluation evaluation) {
    return stores.evaluations().rows(evaluation.digest(), EvaluationMode.IMAGE.wire());
  }

  /**
   * A of every test item, under the evaluation's template; empty where the test is not published.
   *
   * @param arm an arm, or {@link Ablation#START}, whose answers stand for every seed
   */
  List<Outcome> test(String experiment, ExperimentSpec spec, String arm, long seed) {
    boolean start = arm.equals(Ablation.START);
    String policy = start ? Checkpoints.BASELINE : arm;
    long policySeed = start ? spec.policy().seed() : seed;
    if (checkpoints.find(experiment, spec, policy, policySeed).isEmpty()) {
      return List.of();
    }
    Map<String, DatasetItem> items = items(spec, Split.TEST);
    return stores
        .evaluations()
        .find(
            stages.testEvaluation(
                experiment, spec, policy, policySeed, spec.evaluation().template()))
        .filter(row -> row.state() == EvaluationStore.State.PUBLISHED)
        .map(
            row ->
                rows(row).stream()
                    .map(
                        answer ->
                            outcome(
                                Objects.requireNonNull(items.get(answer.key().item())),
                                seed,
                                Judgement.fromMap(Trees.map(answer.body())).accurate()))
                    .toList())
        .orElse(List.of());
  }

  private static Outcome outcome(DatasetItem item, long seed, boolean accurate) {
    return new Outcome(
        item.id(), item.canonicalKey().hex(), item.family(), seed, accurate ? 1.0 : 0.0);
  }

  private Map<String, DatasetItem> items(ExperimentSpec spec, Split split) {
    Map<String, DatasetItem> items = new LinkedHashMap<>();
    datasets.of(spec).items(split).forEach(item -> items.put(item.id(), item));
    return items;
  }

  private Map<String, String> clusters(ExperimentSpec spec, Split split) {
    Map<String, String> clusters = new LinkedHashMap<>();
    items(spec, split).forEach((id, item) -> clusters.put(id, item.canonicalKey().hex()));
    return clusters;
  }
}
