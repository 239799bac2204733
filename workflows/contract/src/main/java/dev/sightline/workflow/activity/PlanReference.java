package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * The stored plan that a workflow executes.
 *
 * @param groups stages that may run side by side, group after group
 * @param planDigest digest of the stored plan
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlanReference(
    String experiment, String title, String planDigest, List<List<PlannedStage>> groups) {
  public PlanReference {
    groups = groups == null ? List.of() : groups.stream().map(List::copyOf).toList();
  }
}
