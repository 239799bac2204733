package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A round in work. Steps {@code fromStep .. toStep - 1} belong to it.
 *
 * @param branch opened anew when a reset went back behind the run's head
 * @param step the next step to do: later than {@code fromStep} when part of the round is committed
 *     already
 * @param lineage lineage after {@code step} steps
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RoundReference(
    String run, long branch, long round, long fromStep, long toStep, long step, String lineage) {}
