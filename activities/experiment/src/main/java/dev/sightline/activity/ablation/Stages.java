package dev.sightline.activity.ablation;

import dev.sightline.activity.Catalog;
import dev.sightline.activity.Experiments;
import dev.sightline.activity.Trees;
import dev.sightline.activity.dataset.Datasets;
import dev.sightline.activity.evaluation.Checkpoints;
import dev.sightline.activity.evaluation.EvaluationPlan;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.Ablation;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.PlannedStage.TrainToRung;
import dev.sightline.spec.Planner;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An experiment's stages: which there are, which workflow makes each, and whether its row is
 * published.
 */
final class Stages {
  /** Begins the target of a rung. */
  static final String RUNG = "rung/";

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
    return plan(spec, List.of());
  }

  /**
   * The plan after some rungs were decided: it ends with the first rung that is not. A decision
   * adds groups and changes none.
   */
  static List<List<PlannedStage>> plan(ExperimentSpec spec, List<RungDecision> decided) {
    List<List<PlannedStage>> groups = new ArrayList<>();
    for (dev.sightline.spec.PlannedStage planned : Planner.plan(spec, Catalog.ALL).stages()) {
      PlannedStage stage = message(planned);
      boolean alike =
          !groups.isEmpty()
              && groups.getLast().getFirst().kind() == stage.kind()
              && isBaseline(groups.getLast().getFirst()) == isBaseline(stage);
      if (!alike) {
        groups.add(new ArrayList<>());
      }
      groups.getLast().add(stage);
      if (stage.kind() == StageKind.RUNG) {
        search(spec, spec.halving().orElseThrow(), decided, groups);
        return groups;
      }
    }
    return groups;
  }

  /** What follows the first rung. */
  private static void search(
      ExperimentSpec spec,
      Ablation.Halving halving,
      List<RungDecision> decided,
      List<List<PlannedStage>> groups) {
    for (RungDecision decision : decided) {
      List<String> arms =
          spec.arms().stream()
              .map(ExperimentSpec.Arm::name)
              .filter(decision.promoted()::contains)
              .toList();
      if (decision.number() == halving.rungs().size()) {
        groups.add(tested(spec, arms, StageKind.TRAINING));
        groups.add(tested(spec, arms, StageKind.EVALUATION));
        groups.add(List.of(message(new dev.sightline.spec.PlannedStage.WriteReport())));
        return;
      }
      long step = halving.rungs().get(decision.number()).step();
      List<PlannedStage> runs = new ArrayList<>();
      for (long seed : spec.seeds()) {
        for (String arm : arms) {
          if (decision.seeds(arm).contains(seed)) {
            String target = TrainToRung.train(arm, seed, step);
            runs.add(new PlannedStage(target, StageKind.TRAINING, arm, seed, null, step));
          }
        }
      }
      if (!runs.isEmpty()) {
        groups.add(runs);
      }
      groups.add(List.of(rung(decision.number() + 1, step)));
    }
  }

  /** Runs or tests of the arms that are left, with seeds that chose nothing. */
  private static List<PlannedStage> tested(ExperimentSpec spec, List<String> arms, StageKind kind) {
    List<PlannedStage> stages = new ArrayList<>();
    for (long seed : spec.testedSeeds()) {
      for (String arm : arms) {
        String path = arm + "/" + seed;
        stages.add(
            kind == StageKind.TRAINING
                ? new PlannedStage("train/" + path, kind, arm, seed, null)
                : new PlannedStage(
                    "evaluate/" + path, kind, arm, seed, spec.evaluation().template()));
      }
    }
    return stages;
  }

  private static PlannedStage rung(int number, long step) {
    return new PlannedStage(RUNG + number, StageKind.RUNG, null, null, null, step);
  }

  private static boolean isBaseline(PlannedStage stage) {
    return Checkpoints.BASELINE.equals(stage.arm());
  }

  private static PlannedStage message(dev.sightline.spec.PlannedStage planned) {
    String target = planned.target();
    return switch (planned) {
      case dev.sightline.spec.PlannedStage.MakeDataset _ ->
          new PlannedStage(target, StageKind.DATASET, null, null, null);
      case dev.sightline.spec.PlannedStage.WarmStart start ->
          new PlannedStage(target, StageKind.WARM_START, Ids.WARM_START, start.policySeed(), null);
      case dev.sightline.spec.PlannedStage.EvaluateStart start ->
          new PlannedStage(
              target,
              StageKind.EVALUATION,
              Checkpoints.BASELINE,
              start.policySeed(),
              start.template());
      case dev.sightline.spec.PlannedStage.TrainArm run ->
          new PlannedStage(target, StageKind.TRAINING, run.arm(), run.seed(), null);
      case TrainToRung run ->
          new PlannedStage(
              target, StageKind.TRAINING, run.arm(), run.seed(), null, (long) run.step());
      case dev.sightline.spec.PlannedStage.Rung rung -> rung(rung.number(), rung.step());
      case dev.sightline.spec.PlannedStage.EvaluateArm test ->
          new PlannedStage(target, StageKind.EVALUATION, test.arm(), test.seed(), test.template());
      case dev.sightline.spec.PlannedStage.WriteReport _ ->
          new PlannedStage(target, StageKind.REPORT, null, null, null);
    };
  }

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
