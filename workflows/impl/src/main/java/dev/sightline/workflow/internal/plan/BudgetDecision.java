package dev.sightline.workflow.internal.plan;

import dev.sightline.foundation.FailureType;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.OnExhausted;
import dev.sightline.workflow.Progress;
import dev.sightline.workflow.activity.Spending;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a workflow does about what its experiment has spent. */
public sealed interface BudgetDecision {
  /**
   * It may go on.
   *
   * @param warnings what is nearly spent, one line each
   */
  record Within(List<Warning> warnings) implements BudgetDecision {
    public Within {
      warnings = List.copyOf(warnings);
    }
  }

  /** An operator has to raise a budget. */
  record Ask(String reason) implements BudgetDecision {}

  /** The work ends. */
  record Stop(String reason) implements BudgetDecision {}

  /**
   * A budget that is nearly spent.
   *
   * @param budget its name
   * @param limit the limit that it comes near to
   */
  record Warning(String budget, double limit, String message) {}

  /** Decides; a budget is spent when nothing of it is left. */
  static BudgetDecision of(ExperimentSpec.@Nullable Budgets budgets, Spending spending) {
    List<String> spent = new ArrayList<>();
    List<Warning> near = new ArrayList<>();
    for (Progress.BudgetLine line : spending.against(budgets)) {
      Double limit = line.limit();
      if (budgets == null || limit == null) {
        continue;
      }
      String message =
          String.format(Locale.ROOT, "%s %.0f of %.0f", line.budget(), line.spent(), limit);
      if (line.spent() >= limit) {
        spent.add(message);
      } else if (line.spent() >= limit * budgets.warnAt()) {
        near.add(new Warning(line.budget(), limit, message));
      }
    }
    if (budgets == null || spent.isEmpty()) {
      return new Within(near);
    }
    String reason =
        FailureType.BUDGET_EXHAUSTED.name() + ": " + String.join(", ", spent) + " are spent";
    return budgets.onExhausted() == OnExhausted.STOP
        ? new Stop(reason)
        : new Ask(reason + "; extendBudget goes on");
  }
}
