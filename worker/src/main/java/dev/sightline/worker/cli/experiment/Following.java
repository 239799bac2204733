package dev.sightline.worker.cli.experiment;

import dev.sightline.spec.Ids;
import dev.sightline.worker.cli.Output;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.util.List;
import java.util.Optional;

/** Watches an experiment of a connected stack, on a terminal or not. */
public final class Following {
  private final Connection connection;
  private final Output output;
  private final StackGuard guard;

  public Following(Connection connection, Output output, StackGuard guard) {
    this.connection = connection;
    this.output = output;
    this.guard = guard;
  }

  /** Returns when the experiment has ended, or waits for an operator. */
  public Watcher.Ending follow(String experiment) {
    ExperimentReader reader = new ExperimentReader(connection.stores());
    Ablations ablations = new Ablations(connection.temporal());
    try (Display display =
        output.live() ? new LiveDisplay(System.out) : new PlainDisplay(output::line)) {
      return new Watcher(
              () -> reader.view(experiment),
              () -> ended(ablations, Ids.ablation(experiment)),
              () -> waiting(ablations, experiment),
              guard::look,
              display,
              Watcher.Time.system())
          .watch();
    }
  }

  /** Why the workflow is over; empty while it runs, or while Temporal does not answer. */
  private static Optional<String> ended(Ablations ablations, String workflowId) {
    try {
      Optional<WorkflowExecutionStatus> status = ablations.status(workflowId);
      if (status.isEmpty()) {
        return Optional.of(
            workflowId + " does not exist in Temporal; submit the experiment's file again");
      }
      if (Ablations.runs(status.get())) {
        return Optional.empty();
      }
      String how =
          status.get().name().substring("WORKFLOW_EXECUTION_STATUS_".length()).replace('_', ' ');
      return Optional.of(
          workflowId
              + " ended as "
              + how.toLowerCase(java.util.Locale.ROOT)
              + ablations.failure(workflowId).map(why -> ": " + why).orElse("")
              + "; submit the experiment's file to start it again");
    } catch (RuntimeException unreachable) {
      return Optional.empty();
    }
  }

  private static List<String> waiting(Ablations ablations, String experiment) {
    try {
      return ablations.waiting(experiment);
    } catch (RuntimeException unreachable) {
      return List.of();
    }
  }

  /** Whether there is anything to follow: a row, or a workflow that will write one. */
  public boolean exists(String experiment) {
    ExperimentReader reader = new ExperimentReader(connection.stores());
    return reader.view(experiment).isPresent()
        || new Ablations(connection.temporal()).status(Ids.ablation(experiment)).isPresent();
  }
}
