package dev.sightline.workflow.internal;

import dev.sightline.workflow.internal.input.Inputs;
import java.util.List;

/** The workflow classes that a worker registers and the replay test covers. */
public final class WorkflowRegistration {
  static {
    Inputs.warmUp();
  }

  private WorkflowRegistration() {}

  /** For a worker without deployment versioning. */
  public static List<Class<?>> types() {
    return List.of(
        RewardAblationWorkflowImpl.class,
        DatasetGenerationWorkflowImpl.class,
        TrainingRunWorkflowImpl.class,
        EvaluationWorkflowImpl.class);
  }

  /** The same workflows for a worker with deployment versioning. */
  public static List<Class<?>> versionedTypes() {
    return List.of(
        VersionedWorkflows.RewardAblation.class,
        VersionedWorkflows.DatasetGeneration.class,
        VersionedWorkflows.TrainingRun.class,
        VersionedWorkflows.Evaluation.class);
  }
}
