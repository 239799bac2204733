package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Shards of one part of a data set that stand side by side.
 *
 * @param part the part's label: a family, with {@code .2} for its second part
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ShardRun(String part, int shards) {}
