package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * A run and where it stands.
 *
 * @param supervised whether its steps are supervised (a warm start) and not GRPO
 * @param step optimizer steps committed on the live branch
 * @param lineage lineage after them; empty before the policy was opened for the first time
 * @param published whether the final checkpoint is published
 * @param checkpoint id of the final checkpoint, empty before
 * @param maximumAttempts tries of one activity before an operator is asked
 * @param supervisedSteps how many of the first steps are supervised where the others are GRPO
 * @param resamples whether groups without advantages are sampled again
 * @param reads whether readers answer from the completions before they are scored
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunReference(
    String run,
    boolean supervised,
    long totalSteps,
    long stepsPerRound,
    long step,
    String lineage,
    boolean published,
    String checkpoint,
    int maximumAttempts,
    long supervisedSteps,
    boolean resamples,
    boolean reads) {}
