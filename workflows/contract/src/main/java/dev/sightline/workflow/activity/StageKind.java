package dev.sightline.workflow.activity;

/** The kinds of stage that an ablation's plan holds. */
public enum StageKind {
  DATASET,
  WARM_START,
  TRAINING,
  /**
   * A decision that lengthens the plan: a rung of successive halving, the learning rates that
   * tuning chose, who is stopped for futility, a look at the seeds.
   */
  RUNG,
  EVALUATION,
  REPORT
}
