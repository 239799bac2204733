package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Asks for a stage to exist.
 *
 * @param waiter the workflow id to signal when it has ended
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EnsureRequest(String experiment, PlannedStage stage, String waiter) {}
