package dev.sightline.activity.training;

import dev.sightline.triton.policy.RolloutResult;

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
}
