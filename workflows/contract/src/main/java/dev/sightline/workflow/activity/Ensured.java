package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Where a stage stands.
 *
 * @param workflowId the workflow that makes it
 * @param reference digest or id of the published row, empty before
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Ensured(Status status, String workflowId, String reference, String message) {
  /** What was found. */
  public enum Status {
    PUBLISHED,
    RUNNING,
    FAILED
  }
}
