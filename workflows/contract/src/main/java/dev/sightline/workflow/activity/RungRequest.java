package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * Asks for a decision whose runs and tests have all ended or been skipped.
 *
 * @param rung the stage that decides, of kind {@link StageKind#RUNG}
 * @param skipped targets of stages that an operator skipped
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RungRequest(String experiment, PlannedStage rung, List<String> skipped) {
  public RungRequest {
    skipped = skipped == null ? List.of() : List.copyOf(skipped);
  }
}
