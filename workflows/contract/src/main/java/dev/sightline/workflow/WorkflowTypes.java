package dev.sightline.workflow;

/** Wire names of the workflow types; never renamed. */
public final class WorkflowTypes {
  public static final String REWARD_ABLATION = "RewardAblation";
  public static final String DATASET_GENERATION = "DatasetGeneration";
  public static final String TRAINING_RUN = "TrainingRun";
  public static final String EVALUATION = "Evaluation";

  private WorkflowTypes() {}
}
