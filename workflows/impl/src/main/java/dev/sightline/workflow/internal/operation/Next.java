package dev.sightline.workflow.internal.operation;

import dev.sightline.workflow.WorkflowOutcome;

/** How a workflow's work went. */
public sealed interface Next {
  /** The stage is published. */
  record Finished(WorkflowOutcome outcome) implements Next {}

  /**
   * The workflow goes on with a new history.
   *
   * @param round a training run's next round, -1 elsewhere
   * @param lineage lineage that it starts from
   */
  record ContinueAsNew(long round, String lineage) implements Next {
    /** For workflows without rounds. */
    public static ContinueAsNew plain() {
      return new ContinueAsNew(-1, "");
    }
  }
}
