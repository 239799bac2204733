package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * One stage of the stored plan.
 *
 * @param target the stage path, unique in the plan: {@code dataset, warm-start/<seed>,
 *     evaluate/baseline/<seed>/<template>, tuning, train/<arm>/<seed>, train/<arm>/<seed>/<step>,
 *     rung/<number>, futility/<number>, evaluate/<arm>/<seed>, look/<number>, report}
 * @param arm the arm, {@code baseline} for what the arms start from, null where none applies
 * @param untilStep optimizer steps after which a run rests for a decision, or after which it is
 *     made; null elsewhere
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlannedStage(
    String target,
    StageKind kind,
    @Nullable String arm,
    @Nullable Long seed,
    @Nullable String template,
    @Nullable Long untilStep) {
  /** A stage that knows no rung. */
  public PlannedStage(
      String target,
      StageKind kind,
      @Nullable String arm,
      @Nullable Long seed,
      @Nullable String template) {
    this(target, kind, arm, seed, template, null);
  }
}
