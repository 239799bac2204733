package dev.sightline.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * How a workflow ended, for people who read the UI; the truth is the published row.
 *
 * @param reference digest or id of what was published (manifest, checkpoint, evaluation, report)
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkflowOutcome(StageState state, String reference, String message) {}
