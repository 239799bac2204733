package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Names one training run.
 *
 * @param arm an arm of the experiment, or {@code warm-start}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunRequest(String experiment, String arm, long seed) {}
