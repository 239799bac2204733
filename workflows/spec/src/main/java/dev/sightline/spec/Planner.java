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
    stages.add(new PlannedStage.WriteReport());
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
    ExperimentSpec.Training training = ArmSettings.of(spec, arm).training();
    long completions = (long) training.steps() * training.completionsPerStep();
    Work work =
        new Work(0, training.steps(), 0, completions, 0, completions * training.maxNewTokens());
    for (int round = 0; round < training.rounds(); round++) {
      work = work.plus(evaluate(spec, counts, Split.DEV, spec.evaluation().devModes()));
    }
    return new PlannedStage.TrainArm(
        arm.name(),
        seed,
        SpecDigest.run(spec, dataset, arm, seed),
        training.steps(),
        training.rounds(),
        work);
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
