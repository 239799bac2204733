package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * Begins a round.
 *
 * @param parentLineage lineage that the round starts from, which must be on the live branch; empty
 *     for the first round, and where a fresh start of the workflow goes on with a run that exists
 *     and cannot know it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RoundRequest(String run, long round, String parentLineage, Lease lease) {}
