package dev.sightline.activity.ablation;

import dev.sightline.activity.Experiments;
import dev.sightline.activity.Trees;
import dev.sightline.activity.dataset.Datasets;
import dev.sightline.activity.evaluation.Checkpoints;
import dev.sightline.activity.evaluation.EvaluationPlan;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.Split;
import dev.sightline.storage.DatasetStore;
import dev.sightline.storage.EvaluationStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.Stores;
import dev.sightline.workflow.WorkflowTypes;
import dev.sightline.workflow.activity.PlannedStage;
import dev.sightline.workflow.activity.StageKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An experiment's stages: which there are, which workflow makes each, and whether its row is
 * published.
 */
final class Stages {
  private final Stores stores;
  private final Datasets datasets;
  private final Checkpoints checkpoints;

  Stages(Stores stores, Datasets datasets) {
    this.stores = stores;
    this.datasets = datasets;
    this.checkpoints = new Checkpoints(stores);
  }

  /**
   * How a stage is made.
   *
   * @param published digest or id of the published row, empty before
   * @param input of the workflow
   */
  record Recipe(
      String workflowType,
      String workflowId,
      String published,
      Map<String, Object> input,
      String summary) {}

  Recipe recipe(
      String experiment, ExperimentSpec spec, Map<String, Object> tree, PlannedStage stage) {
    return switch (stage.kind()) {
      case DATASET -> dataset(spec, tree);
      case WARM_START, TRAINING -> run(experiment, tree, stage);
      case EVALUATION -> evaluation(experiment, spec, tree, stage);
      case REPORT, RUNG ->
          throw new SightlineException(
              FailureType.UNKNOWN_TARGET, stage.target() + " is an activity, not a workflow");
    };
  }

  private Recipe dataset(ExperimentSpec spec, Map<String, Object> tree) {
    Digest digest = Experiments.datasetDigest(spec);
    String published =
        stores
            .datasets()
            .find(digest)
            .map(DatasetStore.Dataset::manifestDigest)
            .map(Digest::hex)
            .orElse("");
    return new Recipe(
        WorkflowTypes.DATASET_GENERATION,
        Ids.dataset(digest),
        published,
        Map.of("spec", tree),
        "Data set " + spec.dataset().title() + " " + digest.shortForm());
  }

  private Recipe run(String experiment, Map<String, Object> tree, PlannedStage stage) {
    String arm = Objects.requireNonNull(stage.arm(), "a run has an arm");
    long seed = Objects.requireNonNull(stage.seed(), "a run has a seed");
    Optional<RunStore.Run> row = stores.runs().find(Ids.runId(experiment, arm, seed));
    String published = row.map(RunStore.Run::finalCheckpoint).map(Digest::hex).orElse("");
    Long untilStep = stage.untilStep();
    if (published.isEmpty() && untilStep != null && row.isPresent()) {
      published = restedAt(row.get(), untilStep);
    }
    Map<String, Object> input = input(tree, arm, seed);
    if (untilStep != null) {
      input.put("untilStep", untilStep);
    }
    return new Recipe(
        WorkflowTypes.TRAINING_RUN,
        Ids.run(experiment, arm, seed),
        published,
        input,
        stage.kind() == StageKind.WARM_START
            ? "Warm start"
            : "Training of " + arm + ", seed " + seed);
  }

  /** The lineage at a step whose round has ended; empty before. */
  private String restedAt(RunStore.Run run, long step) {
    return stores.runs().liveRounds(run.id()).stream()
        .filter(round -> round.metrics() != null && round.endLineage() != null)
        .filter(round -> Objects.requireNonNull(round.metrics()).path("step").asLong() >= step)
        .map(round -> Objects.requireNonNull(round.endLineage()).hex())
        .findFirst()
        .orElse("");
  }

  private Recipe evaluation(
      String experiment, ExperimentSpec spec, Map<String, Object> tree, PlannedStage stage) {
    String arm = Objects.requireNonNull(stage.arm(), "an evaluation has an arm");
    long seed = Objects.requireNonNull(stage.seed(), "an evaluation has a seed");
    String template = Objects.requireNonNull(stage.template(), "an evaluation has a template");
    Digest digest = testEvaluation(experiment, spec, arm, seed, template);
    String published =
        stores
            .evaluations()
            .find(digest)
            .filter(row -> row.state() == EvaluationStore.State.PUBLISHED)
            .map(row -> row.digest().hex())
            .orElse("");
    Map<String, Object> input = input(tree, arm, seed);
    input.put("split", Split.TEST.wire());
    input.put("template", template);
    return new Recipe(
        WorkflowTypes.EVALUATION,
        Ids.evaluation(digest),
        published,
        input,
        "Test of " + arm + ", seed " + seed + ", template " + template);
  }

  /** The test evaluation of an arm's final checkpoint. */
  Digest testEvaluation(
      String experiment, ExperimentSpec spec, String arm, long seed, String template) {
    return EvaluationPlan.spec(
            spec,
            checkpoints.get(experiment, spec, arm, seed).id(),
            datasets.of(spec, arm),
            Split.TEST,
            template)
        .digest();
  }

  private static Map<String, Object> input(Map<String, Object> tree, String arm, long seed) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("spec", tree);
    input.put("arm", arm);
    input.put("seed", seed);
    return input;
  }

  /** The plan as it is stored; the experiment is part of it, so that no two share a digest. */
  static Map<String, Object> tree(String experiment, List<List<PlannedStage>> groups) {
    return Map.of(
        "experiment",
        experiment,
        "groups",
        groups.stream()
            .map(group -> group.stream().map(stage -> Trees.map(Trees.node(stage))).toList())
            .toList());
  }
}
