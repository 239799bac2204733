package dev.sightline.workflow.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.workflow.Carried;
import dev.sightline.workflow.WorkflowOutcome;
import io.temporal.common.VersioningBehavior;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowVersioningBehavior;
import org.jspecify.annotations.Nullable;

/**
 * The workflows with their versioning stated. They are classes of their own because a server (1.32)
 * refuses every task of a workflow that states a versioning behaviour on a worker without
 * deployment versioning, and deployment versioning is behind a switch. Long workflows move to the
 * newest version and are held to it by replay; short ones end where they began.
 */
public final class VersionedWorkflows {
  private VersionedWorkflows() {}

  /** Versioned RewardAblation. */
  public static final class RewardAblation extends RewardAblationWorkflowImpl {
    @WorkflowInit
    public RewardAblation(@Nullable JsonNode input, @Nullable Carried carried) {
      super(input, carried);
    }

    @Override
    @WorkflowVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
    public WorkflowOutcome run(@Nullable JsonNode input, @Nullable Carried before) {
      return super.run(input, before);
    }
  }

  /** Versioned DatasetGeneration. */
  public static final class DatasetGeneration extends DatasetGenerationWorkflowImpl {
    @WorkflowInit
    public DatasetGeneration(@Nullable JsonNode input, @Nullable Carried carried) {
      super(input, carried);
    }

    @Override
    @WorkflowVersioningBehavior(VersioningBehavior.PINNED)
    public WorkflowOutcome run(@Nullable JsonNode input, @Nullable Carried before) {
      return super.run(input, before);
    }
  }

  /** Versioned TrainingRun. */
  public static final class TrainingRun extends TrainingRunWorkflowImpl {
    @WorkflowInit
    public TrainingRun(@Nullable JsonNode input, @Nullable Carried carried) {
      super(input, carried);
    }

    @Override
    @WorkflowVersioningBehavior(VersioningBehavior.AUTO_UPGRADE)
    public WorkflowOutcome run(@Nullable JsonNode input, @Nullable Carried before) {
      return super.run(input, before);
    }
  }

  /** Versioned Evaluation. */
  public static final class Evaluation extends EvaluationWorkflowImpl {
    @WorkflowInit
    public Evaluation(@Nullable JsonNode input, @Nullable Carried carried) {
      super(input, carried);
    }

    @Override
    @WorkflowVersioningBehavior(VersioningBehavior.PINNED)
    public WorkflowOutcome run(@Nullable JsonNode input, @Nullable Carried before) {
      return super.run(input, before);
    }
  }
}
