package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * Asks for the comparison and the report.
 *
 * @param skipped targets of stages that an operator skipped
 * @param partial whether the experiment was aborted before its end
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReportRequest(String experiment, List<String> skipped, boolean partial) {
  public ReportRequest {
    skipped = skipped == null ? List.of() : List.copyOf(skipped);
  }
}
