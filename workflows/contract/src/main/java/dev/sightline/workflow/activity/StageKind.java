package dev.sightline.workflow.activity;

/** The kinds of stage that an ablation's plan holds. */
public enum StageKind {
  DATASET,
  WARM_START,
  TRAINING,
  RUNG,
  EVALUATION,
  REPORT
}
