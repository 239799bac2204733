package dev.sightline.activity.training;

import dev.sightline.activity.Experiments;
import dev.sightline.activity.TunedRates;
import dev.sightline.activity.dataset.Datasets;
import dev.sightline.activity.dataset.LoadedDataset;
import dev.sightline.activity.policy.OpenRequests;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SeedTree;
import dev.sightline.foundation.SightlineException;
import dev.sightline.reward.RewardDesign;
import dev.sightline.spec.ArmSettings;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.LearningRateSchedule;
import dev.sightline.spec.SpecDigest;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.Stores;
import dev.sightline.triton.policy.OpenRequest;

/**
 * A run with everything that its steps depend on.
 *
 * @param spec the experiment as the run's arm has it
 */
record TrainingContext(ExperimentSpec spec, LoadedDataset dataset, RunStore.Run run) {
  static TrainingContext load(
      String runId, Experiments experiments, Datasets datasets, Stores stores) {
    RunStore.Run run =
        stores
            .runs()
            .find(runId)
            .orElseThrow(
                () ->
                    new SightlineException(FailureType.UNKNOWN_TARGET, "there is no run " + runId));
    ExperimentSpec whole =
        TunedRates.of(
            run.experiment(), experiments.load(run.experiment()), run.arm(), stores.decisions());
    ExperimentSpec spec =
        run.phase() == RunStore.Phase.ARM ? ArmSettings.of(whole, arm(whole, run.arm())) : whole;
    return new TrainingContext(spec, datasets.of(whole, run.arm()), run);
  }

  /** Digest of all that can change the run's numbers. */
  static Digest specDigest(ExperimentSpec spec, String arm, long seed) {
    Digest dataset = Experiments.datasetDigest(spec);
    return arm.equals(Ids.WARM_START)
        ? SpecDigest.warmStart(spec, dataset)
        : SpecDigest.run(spec, dataset, arm(spec, arm), seed);
  }

  static ExperimentSpec.Arm arm(ExperimentSpec spec, String name) {
    return spec.arm(name)
        .orElseThrow(
            () ->
                new SightlineException(
                    FailureType.INVALID_SPEC,
                    "spec: arm: '"
                        + name
                        + "' is not one of "
                        + spec.arms().stream().map(ExperimentSpec.Arm::name).toList()
                        + "; name an arm of the experiment or warm-start"));
  }

  OpenRequest openRequest() {
    return supervised()
        ? OpenRequests.warmStart(spec, run.baseCheckpoint(), run.specDigest())
        : OpenRequests.training(spec, run.baseCheckpoint(), run.specDigest(), seeds());
  }

  boolean supervised() {
    return run.phase() == RunStore.Phase.WARM_START;
  }

  ExperimentSpec.WarmStart warmStart() {
    ExperimentSpec.WarmStart warmStart = spec.warmStart();
    if (warmStart == null) {
      throw new SightlineException(
          FailureType.INVALID_SPEC,
          "spec: warmStart: the experiment has none; add one or train an arm");
    }
    return warmStart;
  }

  ExperimentSpec.Arm arm() {
    return arm(spec, run.arm());
  }

  RewardDesign design() {
    return RewardDesign.of(arm());
  }

  int totalSteps() {
    return supervised() ? warmStart().steps() : spec.training().steps();
  }

  int stepsPerRound() {
    return supervised() ? warmStart().stepsPerRound() : spec.training().stepsPerRound();
  }

  double learningRate(int step) {
    return (supervised()
            ? LearningRateSchedule.of(warmStart())
            : LearningRateSchedule.of(spec.training()))
        .at(step);
  }

  /** The arm is not part of it: arms share their random numbers (science.md 6). */
  SeedTree seeds() {
    return SeedTree.root(spec.seed()).child(supervised() ? "warm-start" : "run").child(run.seed());
  }
}
