package dev.sightline.worker.cli.view;

import dev.sightline.storage.RunStore;
import org.jspecify.annotations.Nullable;

/**
 * One training run as people see it.
 *
 * @param target its stage path
 * @param arm reward design, or {@code warm-start}
 * @param step optimizer steps done, of {@code steps}
 * @param round round in work, from 0
 * @param reward mean reward of the last step; null before the first and for supervised steps
 * @param loss loss of the last step
 * @param accuracy A on dev images at the last evaluation
 * @param perception P on dev images at the last evaluation
 * @param tested whether its test evaluation is published
 * @param lease who holds the policy for it, or its place in the queue; empty when neither
 */
public record RunView(
    String id,
    String target,
    String arm,
    long seed,
    RunStore.State state,
    @Nullable String reason,
    int step,
    int steps,
    int round,
    int rounds,
    @Nullable Double reward,
    @Nullable Double loss,
    @Nullable Double accuracy,
    @Nullable Double perception,
    boolean tested,
    String lease) {

  /** What lines call it: {@code warm-start/seed} or {@code arm/seed}. */
  public String label() {
    return target.startsWith("train/") ? target.substring("train/".length()) : target;
  }

  /** Whether the run itself will do nothing more. */
  public boolean over() {
    return switch (state) {
      case COMPLETED, FAILED, SKIPPED, STOPPED -> true;
      case CREATED, RUNNING, PAUSED, WAITING_FOR_POLICY, WAITING_FOR_OPERATOR -> false;
    };
  }

  /** Share of its steps that are done. */
  public double share() {
    return over() ? 1 : steps == 0 ? 0 : Math.min(1, (double) step / steps);
  }

  /** Steps, and the one number that says how it goes. */
  public String measure() {
    if (reward != null) {
      return "reward " + Words.rate(reward);
    }
    return loss == null ? "" : "loss " + Words.rate(loss);
  }

  /** A and P on dev, empty before the first evaluation. */
  public String dev() {
    return accuracy == null && perception == null
        ? ""
        : "dev A " + Words.rate(accuracy) + " P " + Words.rate(perception);
  }
}
