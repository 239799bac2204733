package dev.sightline.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Told to those who wait when a dataset, run or evaluation has ended.
 *
 * @param workflowId the workflow that ended its stage
 * @param published whether its row is published; false when it was aborted or skipped
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StageEnded(String workflowId, boolean published, String message) {}
