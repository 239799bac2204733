package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * A data set's shards.
 *
 * @param shards their artifact digests in shard order
 * @param layout artifact with their ranges
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AssembleRequest(String experiment, List<String> shards, String layout) {
  public AssembleRequest {
    shards = shards == null ? List.of() : List.copyOf(shards);
    layout = layout == null ? "" : layout;
  }
}
