package dev.sightline.worker.cli.view;

import dev.sightline.storage.ExperimentStore;
import dev.sightline.storage.RunStore;
import dev.sightline.workflow.Progress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as people see it, made from PostgreSQL's rows alone.
 *
 * @param stage the stage path that its workflow named last
 * @param reason why it waits, or null
 * @param reported whether a report is published
 * @param stages in the plan's order
 * @param runs in the plan's order; only those that were begun
 * @param budgets what it has spent of its budgets
 */
public record ExperimentView(
    String id,
    String title,
    ExperimentStore.State state,
    String stage,
    @Nullable String reason,
    boolean reported,
    List<StageView> stages,
    List<RunView> runs,
    List<Progress.BudgetLine> budgets) {
  public ExperimentView {
    stages = List.copyOf(stages);
    runs = List.copyOf(runs);
    budgets = List.copyOf(budgets);
  }

  /** Whether its workflow has ended. */
  public boolean over() {
    return switch (state) {
      case COMPLETED, FAILED, ABORTED -> true;
      case SUBMITTED, RUNNING, PAUSED, WAITING_FOR_POLICY, WAITING_FOR_OPERATOR -> false;
    };
  }

  /** What waits for an operator, one line each: {@code path: reason}. */
  public List<String> waiting() {
    List<String> lines = new ArrayList<>();
    for (RunView run : runs) {
      if (run.state() == RunStore.State.WAITING_FOR_OPERATOR && !over()) {
        lines.add(run.target() + ": " + (run.reason() == null ? "no reason given" : run.reason()));
      }
    }
    if (state == ExperimentStore.State.WAITING_FOR_OPERATOR && lines.isEmpty()) {
      lines.add(reason == null ? stage : reason);
    }
    return List.copyOf(lines);
  }

  /** Estimated seconds of what is left, by the rates that the plan was estimated with. */
  public double estimatedLeft() {
    return over() ? 0 : stages.stream().mapToDouble(StageView::left).sum();
  }

  /** Stages that ended. */
  public long stagesDone() {
    return stages.stream()
        .filter(
            stage ->
                stage.standing() == StageView.Standing.DONE
                    || stage.standing() == StageView.Standing.ENDED_EARLY)
        .count();
  }

  /** This view with the steps of an older one, for runs whose state did not change. */
  public ExperimentView withSteps(ExperimentView older) {
    List<RunView> kept = new ArrayList<>();
    for (RunView run : runs) {
      kept.add(
          older.runs().stream()
              .filter(old -> old.id().equals(run.id()) && old.state() == run.state())
              .findFirst()
              .orElse(run));
    }
    return new ExperimentView(id, title, state, stage, reason, reported, stages, kept, budgets);
  }
}
