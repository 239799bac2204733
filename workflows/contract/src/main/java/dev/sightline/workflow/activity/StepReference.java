package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What a step left behind.
 *
 * @param step the next step to do
 * @param lineage lineage after the step
 * @param reward mean total reward of the step (GRPO) or the loss (supervised)
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StepReference(long step, String lineage, double reward) {}
