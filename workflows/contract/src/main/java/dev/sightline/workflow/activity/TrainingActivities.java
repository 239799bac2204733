package dev.sightline.workflow.activity;

import io.temporal.activity.ActivityInterface;

/**
 * The steps of a training run. Queue: policy (score: compute). Everything is idempotent by (run,
 * branch, round, step): a repeat gives what is stored. A policy that lost the run fails with
 * POLICY_BEHIND, POLICY_UNKNOWN, INCARNATION_CHANGED or POLICY_STUB_DEAD; then {@link #bringTo}
 * makes it whole.
 */
@ActivityInterface(namePrefix = "Training_")
public interface TrainingActivities {
  /** Creates the run or finds it; its data set and what it starts from must be published. */
  RunReference openRun(RunRequest request);

  /**
   * Begins a round; when the run's head is ahead of the parent, later rounds are superseded and a
   * branch opens.
   */
  RoundReference beginRound(RoundRequest request);

  /**
   * Makes the policy hold the run at a lineage: recovers a dead stub, opens, restores the nearest
   * checkpoint, replays stored batches. Answers the lineage (for a new run the first one). A
   * checkpoint whose files are missing or broken is CHECKPOINT_MISSING or CHECKPOINT_CORRUPT; with
   * {@code withoutLost} it is given up, and the one before it is taken.
   */
  String bringTo(CheckpointRequest request);

  /** Supervised steps, one by one, each persisted before it is applied. */
  StepReference fit(StepRequest request);

  /** Samples the step's completions and stores them; answers the artifact's digest. */
  String rollOut(StepRequest request);

  /**
   * Has readers answer from a stored rollout's completions, without the picture, and stores what
   * they said together with the readings that the request names; answers the artifact's digest.
   */
  String read(StepRequest request);

  /** Scores a stored rollout; answers the digest of scores and advantages. */
  String score(StepRequest request);

  /**
   * Samples groups again whose scores give no advantages, as far as the budget goes. Answers the
   * digest of the rollout with those groups in the place of the old ones; the same digest where
   * there is nothing more to sample.
   */
  String resample(StepRequest request);

  /**
   * One optimizer step from a stored rollout and stored scores; what there is not yet of the two it
   * makes and stores first.
   */
  StepReference applyStep(StepRequest request);

  /** Writes a checkpoint in two phases, records it, then prunes older ones. Answers its id. */
  String checkpoint(CheckpointRequest request);

  /** Evaluates on dev with the policy as it stands. Answers the evaluation's digest. */
  String evaluateDev(CheckpointRequest request);

  /** Ends a round: metrics and state for people. */
  void endRound(CheckpointRequest request);

  /** Publishes the run with its last checkpoint, and lets the policy server forget it. */
  RunReference publish(CheckpointRequest request);
}
