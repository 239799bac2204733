package dev.sightline.workflow.internal.operation;

import dev.sightline.spec.ExperimentSpec;
import dev.sightline.workflow.activity.Spending;
import dev.sightline.workflow.internal.plan.BudgetDecision;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a workflow within its experiment's budgets: reads what is spent, warns, asks or stops.
 * Workflows look where nothing is held up and nothing half done: before a round, an evaluation, the
 * next stages.
 */
public final class BudgetWatch {
  private final Operations operations;
  private final ActivityStubs stubs;
  private final Attempts attempts;
  private final String experiment;
  private final ExperimentSpec.@Nullable Budgets budgets;
  private final boolean looks;
  private String reason = "";

  public BudgetWatch(
      Operations operations, ActivityStubs stubs, ExperimentSpec spec, String experiment) {
    this.operations = operations;
    this.stubs = stubs;
    this.attempts = new Attempts(operations);
    this.experiment = experiment;
    this.budgets = spec.operations().budgets();
    this.looks = ChangeIds.isNew(ChangeIds.BUDGETS);
  }

  /**
   * Looks. Where a spent budget stops the experiment, this leaves the work.
   *
   * @return whether an operator has to raise a budget first
   */
  public boolean exhausted() {
    reason = "";
    if (!looks) {
      return false;
    }
    operations.awaitRaised();
    Spending spending =
        attempts.untilDone(() -> stubs.experiment("what is spent").spent(experiment));
    operations.budgets(spending.against(budgets));
    return switch (BudgetDecision.of(budgets, spending)) {
      case BudgetDecision.Within within -> {
        within.warnings().forEach(operations::warn);
        yield false;
      }
      case BudgetDecision.Ask ask -> {
        reason = ask.reason();
        yield true;
      }
      case BudgetDecision.Stop stop -> {
        operations.stop(stop.reason());
        throw new StageEnding();
      }
    };
  }

  /** Why an operator is asked; empty when all is well. */
  public String reason() {
    return reason;
  }
}
