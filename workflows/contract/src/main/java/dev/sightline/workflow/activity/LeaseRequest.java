package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** Asks for the lease of a run. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LeaseRequest(String run, String holder) {}
