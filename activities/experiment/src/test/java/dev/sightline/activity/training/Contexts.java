package dev.sightline.activity.training;

import dev.sightline.activity.dataset.Samples;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SeedTree;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.storage.RunStore;

/** Runs of the sample experiment. */
final class Contexts {
  private Contexts() {}

  static TrainingContext arm(String arm, long seed) {
    return of(Samples.SPEC, RunStore.Phase.ARM, arm, seed);
  }

  static TrainingContext arm(ExperimentSpec spec, String arm, long seed) {
    return of(spec, RunStore.Phase.ARM, arm, seed);
  }

  static TrainingContext warmStart(ExperimentSpec spec) {
    return of(spec, RunStore.Phase.WARM_START, Ids.WARM_START, spec.policy().seed());
  }

  static SeedTree seeds(long seed) {
    return SeedTree.root(seed);
  }

  private static TrainingContext of(
      ExperimentSpec spec, RunStore.Phase phase, String arm, long seed) {
    return new TrainingContext(
        spec,
        Samples.DATASET,
        new RunStore.Run(
            "sample/" + arm + "/" + seed,
            phase,
            "sample",
            arm,
            seed,
            Digest.of(new byte[0]),
            null,
            1,
            RunStore.State.RUNNING,
            null,
            null,
            null,
            null));
  }
}
