package dev.sightline.workflow.internal.operation;

import org.jspecify.annotations.Nullable;

/**
 * What a workflow is about.
 *
 * @param stage its stage path
 * @param skippable whether it serves one arm, so that an operator may skip it
 */
public record Identity(
    String experiment,
    String stage,
    @Nullable String arm,
    @Nullable Long seed,
    boolean skippable) {}
