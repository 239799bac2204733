package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * An evaluation and where it stands.
 *
 * @param evaluation its digest
 * @param run the name it leases and opens the policy under
 * @param batches how many batches of items it asks, over all modes
 * @param answered how many of them are stored already
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EvaluationReference(
    String evaluation,
    String run,
    int batches,
    int answered,
    boolean published,
    int maximumAttempts) {}
