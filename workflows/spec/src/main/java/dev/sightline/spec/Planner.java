package dev.sightline.spec;

import dev.sightline.foundation.Digest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a spec into stages. Runs in activities, never in workflow code: an edit here changes plans
 * that are yet to be made, and no history.
 */
public final class Planner {
  private Planner() {}

  /**
   * Plans a valid spec.
   *
   * @throws IllegalArgumentException without a family catalog, for the data set's digest needs the
   *     family's version
   */
  public static ExperimentPlan plan(ExperimentSpec spec, Catalogs catalogs) {
    FamilyCatalog families = catalogs.families();
    if (families == null) {
      throw new IllegalArgumentException("planning needs the family catalog");
    }
    List<ExperimentSpec.Part> parts = DatasetParts.need(spec.dataset(), families);
    ExperimentSpec.Counts counts = DatasetParts.counts(parts);
    String version = DatasetParts.version(spec.dataset(), families);
    String family = spec.dataset().family();
    FamilyCatalog.@Nullable SpaceSize space =
        family == null ? null : families.space(family, spec.dataset().config()).orElse(null);
    Digest dataset = SpecDigest.dataset(spec, version);
    return new ExperimentPlan(
        SpecDigest.experimentId(spec),
        SpecDigest.of(spec),
        dataset,
        version,
        space,
        stages(spec, counts, dataset));
  }

  private static List<PlannedStage> stages(
      ExperimentSpec spec, ExperimentSpec.Counts counts, Digest dataset) {
    ExperimentSpec.Evaluation evaluation = spec.evaluation();
    List<PlannedStage> stages = new ArrayList<>();
    stages.add(makeDataset(counts, dataset));
    ExperimentSpec.WarmStart warmStart = spec.warmStart();
    if (warmStart != null) {
      stages.add(warmStart(spec, warmStart, dataset));
    }
    // The row that every arm is compared with, once per template.
    for (String template : templates(spec, spec.arms())) {
      List<EvaluationMode> modes = evaluation.modes(Split.TEST, template);
      stages.add(
          new PlannedStage.EvaluateStart(
              spec.policy().seed(),
              template,
              Split.TEST,
              modes,
              evaluate(spec, counts, Split.TEST, modes)));
    }
    spec.tuning().ifPresent(tuning -> stages.addAll(tries(spec, tuning, counts, dataset)));
    Ablation.Halving halving = spec.halving().orElse(null);
    Ablation.Futility futility = spec.futility().orElse(null);
    if (halving != null) {
      stages.addAll(search(spec, halving, counts, dataset));
    } else if (futility != null) {
      stages.addAll(stopping(spec, futility, counts, dataset));
    } else {
      stages.addAll(trainAndTest(spec, counts, dataset));
    }
    spec.addSeedsUntil().ifPresent(more -> stages.addAll(looks(spec, more, counts)));
    stages.add(new PlannedStage.WriteReport());
    return stages;
  }

  private static List<PlannedStage> trainAndTest(
      ExperimentSpec spec, ExperimentSpec.Counts counts, Digest dataset) {
    ExperimentSpec.Evaluation evaluation = spec.evaluation();
    List<PlannedStage> stages = new ArrayList<>();
    for (long seed : spec.seeds()) {
      for (ExperimentSpec.Arm arm : spec.arms()) {
        stages.add(trainArm(spec, counts, dataset, arm, seed));
      }
    }
    for (long seed : spec.seeds()) {
      for (ExperimentSpec.Arm arm : spec.arms()) {
        stages.add(
            new PlannedStage.EvaluateArm(
                arm.name(),
                seed,
                evaluation.template(),
                Split.TEST,
                evaluation.testModes(),
                evaluate(spec, counts, Split.TEST, evaluation.testModes())));
      }
    }
    return stages;
  }

  private static List<PlannedStage> tries(
      ExperimentSpec spec, Ablation.Tuning tuning, ExperimentSpec.Counts counts, Digest dataset) {
    List<PlannedStage> stages = new ArrayList<>();
    for (ExperimentSpec.Arm arm : TuningArms.of(spec)) {
      stages.add(
          toDecision(
              spec,
              counts,
              arm,
              tuning.seed(),
              SpecDigest.run(spec, dataset, arm, tuning.seed()),
              tuning.steps()));
    }
    stages.add(new PlannedStage.Tune());
    return stages;
  }

  /** All arms to the first look; what follows a look is not known by name. */
  private static List<PlannedStage> stopping(
      ExperimentSpec spec,
      Ablation.Futility futility,
      ExperimentSpec.Counts counts,
      Digest dataset) {
    List<Integer> steps = futility.steps();
    List<PlannedStage> stages = toDecision(spec, counts, dataset, steps.getFirst());
    for (int i = 0; i < steps.size(); i++) {
      boolean last = i + 1 == steps.size();
      int until = last ? spec.training().steps() : steps.get(i + 1);
      Work work = Work.NONE;
      for (ExperimentSpec.Arm arm : spec.arms()) {
        work = work.plus(training(spec, counts, arm, steps.get(i), until));
        work = last ? work.plus(test(spec, counts)) : work;
      }
      stages.add(new PlannedStage.Futility(i + 1, steps.get(i), work.times(spec.seeds().size())));
    }
    return stages;
  }

  private static List<PlannedStage> looks(
      ExperimentSpec spec, Ablation.AddSeedsUntil more, ExperimentSpec.Counts counts) {
    Work each = Work.NONE;
    for (String arm : armsOfContrasts(spec)) {
      each =
          each.plus(training(spec, counts, spec.arm(arm).orElseThrow(), 0, spec.training().steps()))
              .plus(test(spec, counts));
    }
    List<PlannedStage> stages = new ArrayList<>();
    for (int i = 0; i <= more.moreSeeds().size(); i++) {
      stages.add(
          new PlannedStage.Look(
              i + 1, spec.seeds().size() + i, i < more.moreSeeds().size() ? each : Work.NONE));
    }
    return stages;
  }

  /** The arms that a primary contrast names, in the file's order. */
  public static List<String> armsOfContrasts(ExperimentSpec spec) {
    return spec.arms().stream()
        .map(ExperimentSpec.Arm::name)
        .filter(arm -> spec.contrasts().stream().anyMatch(contrast -> contrast.names(arm)))
        .toList();
  }

  private static Work test(ExperimentSpec spec, ExperimentSpec.Counts counts) {
    return evaluate(spec, counts, Split.TEST, spec.evaluation().testModes());
  }

  /** Every arm with every seed up to a decision. */
  private static List<PlannedStage> toDecision(
      ExperimentSpec spec, ExperimentSpec.Counts counts, Digest dataset, int step) {
    List<PlannedStage> stages = new ArrayList<>();
    for (long seed : spec.seeds()) {
      for (ExperimentSpec.Arm arm : spec.arms()) {
        stages.add(toDecision(spec, counts, arm, seed, runDigest(spec, dataset, arm, seed), step));
      }
    }
    return stages;
  }

  private static PlannedStage toDecision(
      ExperimentSpec spec,
      ExperimentSpec.Counts counts,
      ExperimentSpec.Arm arm,
      long seed,
      @Nullable Digest digest,
      int step) {
    return new PlannedStage.TrainToRung(
        arm.name(),
        seed,
        digest,
        step,
        Math.ceilDiv(step, spec.training().stepsPerRound()),
        training(spec, counts, arm, 0, step));
  }

  /** What an arm's run depends on; not known while its learning rate is to be chosen. */
  private static @Nullable Digest runDigest(
      ExperimentSpec spec, Digest dataset, ExperimentSpec.Arm arm, long seed) {
    return spec.tuning().isPresent() ? null : SpecDigest.run(spec, dataset, arm, seed);
  }

  /** What follows a rung is not known by name; its rung carries the most that it can be. */
  private static List<PlannedStage> search(
      ExperimentSpec spec, Ablation.Halving halving, ExperimentSpec.Counts counts, Digest dataset) {
    List<Ablation.Rung> rungs = halving.rungs();
    List<PlannedStage> stages = toDecision(spec, counts, dataset, rungs.getFirst().step());
    ExperimentSpec.Arm some = spec.arms().getFirst();
    for (int i = 0; i < rungs.size(); i++) {
      Ablation.Rung rung = rungs.get(i);
      Work each =
          i + 1 < rungs.size()
              ? training(spec, counts, some, rung.step(), rungs.get(i + 1).step())
                  .times(spec.seeds().size())
              : training(spec, counts, some, 0, spec.training().steps())
                  .plus(test(spec, counts))
                  .times(halving.freshSeeds().size());
      stages.add(
          new PlannedStage.Rung(i + 1, rung.step(), rung.keep(), each.times(rung.keep() + 1L)));
    }
    return stages;
  }

  /** The evaluation's template first, then the arms' own. */
  private static Set<String> templates(ExperimentSpec spec, List<ExperimentSpec.Arm> arms) {
    Set<String> templates = new LinkedHashSet<>();
    templates.add(spec.evaluation().template());
    arms.forEach(arm -> templates.add(arm.template()));
    return templates;
  }

  private static PlannedStage makeDataset(ExperimentSpec.Counts counts, Digest dataset) {
    long items = (long) counts.train() + counts.dev() + counts.test();
    return new PlannedStage.MakeDataset(dataset, new Work(items, 0, 0, 0, 0, 0));
  }

  private static PlannedStage warmStart(
      ExperimentSpec spec, ExperimentSpec.WarmStart warmStart, Digest dataset) {
    long examples = (long) warmStart.steps() * warmStart.batchSize();
    return new PlannedStage.WarmStart(
        spec.policy().seed(),
        SpecDigest.warmStart(spec, dataset),
        warmStart.steps(),
        warmStart.rounds(),
        new Work(0, warmStart.steps(), examples, 0, 0, 0));
  }

  private static PlannedStage trainArm(
      ExperimentSpec spec,
      ExperimentSpec.Counts counts,
      Digest dataset,
      ExperimentSpec.Arm arm,
      long seed) {
    ExperimentSpec.Training training = spec.training();
    return new PlannedStage.TrainArm(
        arm.name(),
        seed,
        runDigest(spec, dataset, arm, seed),
        training.steps(),
        training.rounds(),
        training(spec, counts, arm, 0, training.steps()));
  }

  /** The steps of one run between two counts of steps, and the dev evaluations of their rounds. */
  private static Work training(
      ExperimentSpec spec, ExperimentSpec.Counts counts, ExperimentSpec.Arm arm, int from, int to) {
    ExperimentSpec.Training training = ArmSettings.of(spec, arm).training();
    long steps = to - from;
    long supervised = Math.max(0, Math.min(to, arm.supervisedSteps(training)) - from);
    long completions = (steps - supervised) * training.sampledPerStep();
    return new Work(
            0,
            steps,
            supervised * training.promptsPerStep(),
            completions,
            0,
            completions * training.maxNewTokens())
        .plus(
            evaluate(spec, counts, Split.DEV, spec.evaluation().devModes())
                .times(Math.ceilDiv(steps, training.stepsPerRound())));
  }

  private static Work evaluate(
      ExperimentSpec spec, ExperimentSpec.Counts counts, Split split, List<EvaluationMode> modes) {
    long items = counts.of(split);
    long completions = 0;
    for (EvaluationMode mode : modes) {
      // With the image each item is asked twice: the puzzle, and its perception question.
      completions += mode == EvaluationMode.IMAGE ? 2 * items : items;
    }
    return new Work(0, 0, 0, 0, completions, completions * spec.evaluation().maxNewTokens());
  }
}
