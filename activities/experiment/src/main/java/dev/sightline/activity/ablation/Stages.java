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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

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

  /** Groups that follow each other; the stages of one group may run side by side. */
  static List<List<PlannedStage>> plan(ExperimentSpec spec) {
    List<List<PlannedStage>> groups = new ArrayList<>();
    groups.add(List.of(new PlannedStage("dataset", StageKind.DATASET, null, null, null)));
    long policySeed = spec.policy().seed();
    if (spec.warmStart() != null) {
      groups.add(
          List.of(
              new PlannedStage(
                  Ids.WARM_START + "/" + policySeed,
                  StageKind.WARM_START,
                  Ids.WARM_START,
                  policySeed,
                  null)));
    }
    List<PlannedStage> start = new ArrayList<>();
    for (String template : templates(spec)) {
      start.add(
          new PlannedStage(
              "evaluate/" + Checkpoints.BASELINE + "/" + policySeed + "/" + template,
              StageKind.EVALUATION,
              Checkpoints.BASELINE,
              policySeed,
              template));
    }
    groups.add(start);
    List<PlannedStage> runs = new ArrayList<>();
    List<PlannedStage> tests = new ArrayList<>();
    for (long seed : spec.seeds()) {
      for (ExperimentSpec.Arm arm : spec.arms()) {
        String path = arm.name() + "/" + seed;
        runs.add(new PlannedStage("train/" + path, StageKind.TRAINING, arm.name(), seed, null));
        tests.add(
            new PlannedStage(
                "evaluate/" + path,
                StageKind.EVALUATION,
                arm.name(),
                seed,
                spec.evaluation().template()));
      }
    }
    groups.add(runs);
    groups.add(tests);
    groups.add(List.of(new PlannedStage("report", StageKind.REPORT, null, null, null)));
    return groups;
  }

  private static Set<String> templates(ExperimentSpec spec) {
    Set<String> templates = new LinkedHashSet<>();
    templates.add(spec.evaluation().template());
    spec.arms().forEach(arm -> templates.add(arm.template()));
    return templates;
  }

  Recipe recipe(
      String experiment, ExperimentSpec spec, Map<String, Object> tree, PlannedStage stage) {
    return switch (stage.kind()) {
      case DATASET -> dataset(spec, tree);
      case WARM_START, TRAINING -> run(experiment, tree, stage);
      case EVALUATION -> evaluation(experiment, spec, tree, stage);
      case REPORT ->
          throw new SightlineException(
              FailureType.UNKNOWN_TARGET, "the report is an activity, not a workflow");
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
        "Data set " + spec.dataset().family() + " " + digest.shortForm());
  }

  private Recipe run(String experiment, Map<String, Object> tree, PlannedStage stage) {
    String arm = Objects.requireNonNull(stage.arm(), "a run has an arm");
    long seed = Objects.requireNonNull(stage.seed(), "a run has a seed");
    String published =
        stores
            .runs()
            .find(Ids.runId(experiment, arm, seed))
            .map(RunStore.Run::finalCheckpoint)
            .map(Digest::hex)
            .orElse("");
    return new Recipe(
        WorkflowTypes.TRAINING_RUN,
        Ids.run(experiment, arm, seed),
        published,
        input(tree, arm, seed),
        stage.kind() == StageKind.WARM_START
            ? "Warm start"
            : "Training of " + arm + ", seed " + seed);
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
            datasets.of(spec),
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
