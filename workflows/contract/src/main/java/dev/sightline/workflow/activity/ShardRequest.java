package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** One shard of a data set's candidates. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ShardRequest(String experiment, int shard) {}
