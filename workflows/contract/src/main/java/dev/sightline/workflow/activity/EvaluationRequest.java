package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Names an evaluation.
 *
 * @param arm an arm, or {@code baseline} for what the arms start from
 * @param split {@code dev} or {@code test}
 * @param template prompt template
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EvaluationRequest(
    String experiment, String arm, long seed, String split, String template) {}
