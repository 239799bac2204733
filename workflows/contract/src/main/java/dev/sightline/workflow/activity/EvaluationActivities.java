package dev.sightline.workflow.activity;

import io.temporal.activity.ActivityInterface;

/** Asks a checkpoint the items of a split; only what is missing is asked. Queue: policy. */
@ActivityInterface(namePrefix = "Evaluation_")
public interface EvaluationActivities {
  /** Creates the evaluation or finds it; its checkpoint and data set must be published. */
  EvaluationReference open(EvaluationRequest request);

  /** Makes the policy hold the evaluation's checkpoint, recovering a dead stub. */
  void bringUp(BatchRequest request);

  /** Asks one batch and stores its rows in one transaction; stored already: nothing to do. */
  void answerBatch(BatchRequest request);

  /** Publishes the evaluation and lets the policy server forget it. */
  EvaluationReference publish(BatchRequest request);
}
