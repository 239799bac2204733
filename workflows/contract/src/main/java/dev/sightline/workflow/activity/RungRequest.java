package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * Asks for the decision of a rung whose runs have all ended or been skipped.
 *
 * @param rung its stage
 * @param skipped targets of stages that an operator skipped
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RungRequest(String experiment, PlannedStage rung, List<String> skipped) {
  public RungRequest {
    skipped = skipped == null ? List.of() : List.copyOf(skipped);
  }
}
