package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** The shards' artifact digests in shard order. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AssembleRequest(String experiment, List<String> shards) {
  public AssembleRequest {
    shards = shards == null ? List.of() : List.copyOf(shards);
  }
}
