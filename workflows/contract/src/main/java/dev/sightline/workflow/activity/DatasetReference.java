package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A data set.
 *
 * @param dataset digest of what it is a function of
 * @param manifest digest of its manifest, empty until published
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DatasetReference(
    String dataset, String manifest, int shards, int train, int dev, int test) {}
