package dev.sightline.activity.training;

import dev.sightline.foundation.Digest;
import dev.sightline.storage.ArtifactStore;
import dev.sightline.triton.policy.RolloutResult;
import dev.sightline.workflow.activity.StepRequest;

/**
 * All that a step has sampled before it is scored.
 *
 * @param rollout the completions that count
 * @param redraws which of its groups were sampled again
 * @param readings what readers said of them
 */
record Sampled(RolloutResult rollout, Redraws redraws, Readings readings) {
  /** A rollout as it came. */
  static Sampled once(RolloutResult rollout) {
    return new Sampled(rollout, Redraws.NONE, Readings.NONE);
  }

  /** What is stored of a step. */
  static Sampled of(StepRequest request, ArtifactStore artifacts) {
    byte[] rollout = artifacts.get(new Digest(request.rollout()));
    return new Sampled(
        RolloutResult.read(rollout), Redraws.of(rollout), readings(request, artifacts));
  }

  static Readings readings(StepRequest request, ArtifactStore artifacts) {
    return request.readings().isEmpty()
        ? Readings.NONE
        : Readings.read(artifacts.get(new Digest(request.readings())));
  }
}
