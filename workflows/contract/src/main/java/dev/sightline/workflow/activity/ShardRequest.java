package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * One shard of a data set's candidates.
 *
 * @param layout artifact with the shards' ranges
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ShardRequest(String experiment, int shard, String layout) {
  public ShardRequest {
    layout = layout == null ? "" : layout;
  }
}
