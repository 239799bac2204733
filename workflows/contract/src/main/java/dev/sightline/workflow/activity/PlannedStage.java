package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * One stage of the stored plan.
 *
 * @param target the stage path, unique in the plan: {@code dataset, warm-start/<seed>,
 *     evaluate/baseline/<seed>/<template>, train/<arm>/<seed>, evaluate/<arm>/<seed>, report}
 * @param arm the arm, {@code baseline} for what the arms start from, null where none applies
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlannedStage(
    String target,
    StageKind kind,
    @Nullable String arm,
    @Nullable Long seed,
    @Nullable String template) {}
