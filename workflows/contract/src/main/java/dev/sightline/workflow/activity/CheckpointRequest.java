package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Names a state of a run, with the lease to reach it.
 *
 * @param withoutLost whether somebody said to go on without a checkpoint that was found lost
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record CheckpointRequest(
    String run,
    long branch,
    long round,
    long step,
    String lineage,
    Lease lease,
    boolean withoutLost) {}
