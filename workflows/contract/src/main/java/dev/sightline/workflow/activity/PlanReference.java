package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * The stored plan that a workflow executes.
 *
 * @param groups stages that may run side by side, group after group
 * @param maximumAttempts tries of one stage step before an operator is asked
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlanReference(
    String experiment, String title, String planDigest, List<List<PlannedStage>> groups) {
  public PlanReference {
    groups = groups.stream().map(List::copyOf).toList();
  }
}
