package dev.sightline.activity.evaluation;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.storage.CheckpointStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.Stores;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which policy an arm's name means: its run's final checkpoint, or what the arms start from. */
public final class Checkpoints {
  /** The arm name of what the arms start from. */
  public static final String BASELINE = "baseline";

  private final Stores stores;

  public Checkpoints(Stores stores) {
    this.stores = stores;
  }

  /**
   * A policy to evaluate.
   *
   * @param id checkpoint id, or {@code initial-<policy seed>} for freshly initialised weights
   * @param checkpoint null for freshly initialised weights
   * @param run the run that it is of, null for freshly initialised weights
   */
  public record Policy(
      String id, CheckpointStore.@Nullable Checkpoint checkpoint, @Nullable String run) {
    public @Nullable Digest digest() {
      return checkpoint == null ? null : checkpoint.id();
    }
  }

  /** The policy, or empty while its run has not ended. */
  public Optional<Policy> find(String experiment, ExperimentSpec spec, String arm, long seed) {
    if (arm.equals(BASELINE) && spec.warmStart() == null) {
      return Optional.of(new Policy("initial-" + spec.policy().seed(), null, null));
    }
    String run =
        arm.equals(BASELINE)
            ? Ids.runId(experiment, Ids.WARM_START, spec.policy().seed())
            : Ids.runId(experiment, arm, seed);
    return stores
        .runs()
        .find(run)
        .map(RunStore.Run::finalCheckpoint)
        .flatMap(id -> stores.checkpoints().find(id))
        .map(checkpoint -> new Policy(checkpoint.id().hex(), checkpoint, run));
  }

  /**
   * @throws SightlineException CHECKPOINT_PRUNED naming what to run first
   */
  public Policy get(String experiment, ExperimentSpec spec, String arm, long seed) {
    return find(experiment, spec, arm, seed)
        .orElseThrow(
            () ->
                new SightlineException(
                    FailureType.CHECKPOINT_PRUNED,
                    "arm "
                        + arm
                        + " with seed "
                        + seed
                        + " has no final checkpoint; let its TrainingRun end first"));
  }
}
