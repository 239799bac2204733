package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** One batch of an evaluation's items. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BatchRequest(String evaluation, int batch, Lease lease) {}
