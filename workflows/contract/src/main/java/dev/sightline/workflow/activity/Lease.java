package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * The right to use one policy server for one run. Every activity attempt draws a higher fencing
 * token from it.
 *
 * @param run the run (or evaluation) that it was taken for
 * @param holder workflow id that holds it
 * @param granted false when the wait is to be repeated
 * @param position place in the queue while waiting, 0 when granted
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Lease(String run, String server, String holder, boolean granted, int position) {}
