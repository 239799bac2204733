package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** Names a state of a run, with the lease to reach it. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CheckpointRequest(
    String run, long branch, long round, long step, String lineage, Lease lease) {}
