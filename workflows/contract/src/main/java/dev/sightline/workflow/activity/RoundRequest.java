package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Begins a round.
 *
 * @param parentLineage lineage that the round starts from; empty for the first round
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RoundRequest(String run, long round, String parentLineage, Lease lease) {}
