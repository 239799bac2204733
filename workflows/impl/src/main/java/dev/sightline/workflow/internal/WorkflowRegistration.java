package dev.sightline.workflow.internal;

import java.util.List;

/** The workflow classes that a worker registers and the replay test covers. */
public final class WorkflowRegistration {
  private WorkflowRegistration() {}

  public static List<Class<?>> types() {
    return List.of(
        RewardAblationWorkflowImpl.class,
        DatasetGenerationWorkflowImpl.class,
        TrainingRunWorkflowImpl.class,
        EvaluationWorkflowImpl.class);
  }
}
