package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Objects;

/**
 * One step of a round, or for supervised runs the steps {@code step .. toStep - 1}.
 *
 * @param lineage what the policy must have before it
 * @param rollout digest of the step's rollout, empty before rollOut; applyStep then samples itself
 * @param readings digest of what readers said of the rollout's completions, empty where none were
 *     asked
 * @param score digest of the step's scores and advantages, empty before score; applyStep then
 *     scores itself
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StepRequest(
    String run,
    long branch,
    long round,
    long step,
    long toStep,
    String lineage,
    String rollout,
    String readings,
    String score,
    Lease lease) {
  public StepRequest {
    // Requests from before there were readers have none.
    readings = Objects.requireNonNullElse(readings, "");
  }

  /** The same step once its completions are stored. */
  public StepRequest sampled(String digest) {
    return new StepRequest(
        run, branch, round, step, toStep, lineage, digest, readings, score, lease);
  }
}
