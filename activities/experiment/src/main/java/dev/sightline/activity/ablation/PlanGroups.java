package dev.sightline.activity.ablation;

import dev.sightline.activity.Catalog;
import dev.sightline.activity.evaluation.Checkpoints;
import dev.sightline.spec.Ablation;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.PlannedStage.EvaluateArm;
import dev.sightline.spec.PlannedStage.EvaluateStart;
import dev.sightline.spec.PlannedStage.Futility;
import dev.sightline.spec.PlannedStage.Look;
import dev.sightline.spec.PlannedStage.MakeDataset;
import dev.sightline.spec.PlannedStage.Rung;
import dev.sightline.spec.PlannedStage.TrainArm;
import dev.sightline.spec.PlannedStage.TrainToRung;
import dev.sightline.spec.PlannedStage.Tune;
import dev.sightline.spec.PlannedStage.WarmStart;
import dev.sightline.spec.PlannedStage.WriteReport;
import dev.sightline.spec.Planner;
import dev.sightline.spec.TuningArms;
import dev.sightline.workflow.activity.PlannedStage;
import dev.sightline.workflow.activity.StageKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The plan as a workflow runs it: groups that follow each other, the stages of one side by side. It
 * ends with the first decision that is not made yet. A decision adds groups and changes none.
 */
final class PlanGroups {
  private final ExperimentSpec spec;
  private final Decided decided;
  private final List<List<PlannedStage>> groups = new ArrayList<>();

  private PlanGroups(ExperimentSpec spec, Decided decided) {
    this.spec = spec;
    this.decided = decided;
  }

  static List<List<PlannedStage>> of(ExperimentSpec spec, Decided decided) {
    PlanGroups plan = new PlanGroups(spec, decided);
    plan.opening();
    if (plan.tuned() && plan.tested() && plan.looked()) {
      plan.add(List.of(stage(new WriteReport().target(), StageKind.REPORT)));
    }
    return plan.groups;
  }

  private void add(List<PlannedStage> group) {
    if (!group.isEmpty()) {
      groups.add(group);
    }
  }

  /** Data set, warm start, and what the arms start from. */
  private void opening() {
    List<PlannedStage> starts = new ArrayList<>();
    for (dev.sightline.spec.PlannedStage planned : Planner.plan(spec, Catalog.ALL).stages()) {
      String target = planned.target();
      if (planned instanceof MakeDataset) {
        add(List.of(stage(target, StageKind.DATASET)));
      } else if (planned instanceof WarmStart start) {
        add(
            List.of(
                new PlannedStage(
                    target, StageKind.WARM_START, Ids.WARM_START, start.policySeed(), null)));
      } else if (planned instanceof EvaluateStart start) {
        starts.add(
            new PlannedStage(
                target,
                StageKind.EVALUATION,
                Checkpoints.BASELINE,
                start.policySeed(),
                start.template()));
      }
    }
    add(starts);
  }

  /** Whether the arms' learning rates are known. */
  private boolean tuned() {
    Ablation.Tuning tuning = spec.tuning().orElse(null);
    if (tuning == null) {
      return true;
    }
    add(
        TuningArms.of(spec).stream()
            .map(arm -> until(arm.name(), tuning.seed(), tuning.steps()))
            .toList());
    add(List.of(stage(new Tune().target(), StageKind.RUNG)));
    return decided.tuning().isPresent();
  }

  /** Whether it is known which arms are tested. */
  private boolean tested() {
    Ablation.Halving halving = spec.halving().orElse(null);
    if (halving != null) {
      return searched(halving);
    }
    Ablation.Futility futility = spec.futility().orElse(null);
    if (futility != null && !stopped(futility)) {
      return false;
    }
    trainAndTest(decided.left(spec));
    return true;
  }

  private boolean searched(Ablation.Halving halving) {
    Map<String, List<Long>> arms = everyArm(spec.seeds());
    for (int i = 0; i < halving.rungs().size(); i++) {
      int step = halving.rungs().get(i).step();
      add(stages(arms, (arm, seed) -> until(arm, seed, step)));
      add(List.of(decision(Rung.PREFIX + (i + 1), (long) step)));
      if (decided.rungs().size() <= i) {
        return false;
      }
      RungDecision decision = decided.rungs().get(i);
      arms = new LinkedHashMap<>();
      for (ExperimentSpec.Arm arm : spec.arms()) {
        if (decision.promoted().contains(arm.name())) {
          arms.put(arm.name(), decision.seeds(arm.name()));
        }
      }
    }
    Map<String, List<Long>> fresh = new LinkedHashMap<>();
    arms.keySet().forEach(arm -> fresh.put(arm, halving.freshSeeds()));
    trainAndTest(fresh);
    return true;
  }

  private boolean stopped(Ablation.Futility futility) {
    Map<String, List<Long>> arms = everyArm(spec.seeds());
    for (int i = 0; i < futility.steps().size(); i++) {
      int step = futility.steps().get(i);
      add(stages(arms, (arm, seed) -> until(arm, seed, step)));
      add(List.of(decision(Futility.PREFIX + (i + 1), (long) step)));
      if (decided.futility().size() <= i) {
        return false;
      }
      arms = decided.futility().get(i).goOn();
    }
    return true;
  }

  /** Whether no look asks for another seed. */
  private boolean looked() {
    if (spec.addSeedsUntil().isEmpty()) {
      return true;
    }
    for (int number = 1; ; number++) {
      add(List.of(decision(Look.PREFIX + number, null)));
      if (decided.looks().size() < number) {
        return false;
      }
      LookDecision look = decided.looks().get(number - 1);
      Long seed = look.add();
      if (seed == null) {
        return true;
      }
      Map<String, List<Long>> arms = new LinkedHashMap<>();
      for (ExperimentSpec.Arm arm : spec.arms()) {
        if (look.open().stream().anyMatch(contrast -> contrast.names(arm.name()))) {
          arms.put(arm.name(), List.of(seed));
        }
      }
      trainAndTest(arms);
    }
  }

  private void trainAndTest(Map<String, List<Long>> arms) {
    add(
        stages(
            arms,
            (arm, seed) ->
                new PlannedStage(TrainArm.path(arm, seed), StageKind.TRAINING, arm, seed, null)));
    add(
        stages(
            arms,
            (arm, seed) ->
                new PlannedStage(
                    EvaluateArm.path(arm, seed),
                    StageKind.EVALUATION,
                    arm,
                    seed,
                    spec.evaluation().template())));
  }

  private Map<String, List<Long>> everyArm(List<Long> seeds) {
    Map<String, List<Long>> arms = new LinkedHashMap<>();
    spec.arms().forEach(arm -> arms.put(arm.name(), seeds));
    return arms;
  }

  private interface Maker {
    PlannedStage of(String arm, long seed);
  }

  /** By seed, then arm, both in the file's order. */
  private List<PlannedStage> stages(Map<String, List<Long>> arms, Maker maker) {
    List<PlannedStage> stages = new ArrayList<>();
    for (long seed : spec.runSeeds()) {
      arms.forEach(
          (arm, its) -> {
            if (its.contains(seed)) {
              stages.add(maker.of(arm, seed));
            }
          });
    }
    return stages;
  }

  private static PlannedStage until(String arm, long seed, long step) {
    return new PlannedStage(
        TrainToRung.path(arm, seed, step), StageKind.TRAINING, arm, seed, null, step);
  }

  private static PlannedStage decision(String target, @Nullable Long step) {
    return new PlannedStage(target, StageKind.RUNG, null, null, null, step);
  }

  private static PlannedStage stage(String target, StageKind kind) {
    return new PlannedStage(target, kind, null, null, null);
  }
}
