package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.sightline.spec.BudgetKind;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.workflow.Progress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an experiment has spent so far, all its stages together, from PostgreSQL's rows. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Spending(List<Spent> budgets) {
  public Spending {
    budgets = budgets == null ? List.of() : List.copyOf(budgets);
  }

  /** What is spent of what, with what operators added; limits are null where there are none. */
  public List<Progress.BudgetLine> against(ExperimentSpec.@Nullable Budgets limits) {
    return budgets.stream().map(spent -> spent.against(limits)).toList();
  }

  /**
   * One budget.
   *
   * @param budget its name, such as {@code gpuSeconds}
   * @param extended what operators added to its limit
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Spent(String budget, double spent, double extended) {
    private Progress.BudgetLine against(ExperimentSpec.@Nullable Budgets limits) {
      Double limit = limits == null ? null : BudgetKind.of(budget).map(limits::limit).orElse(null);
      return new Progress.BudgetLine(
          budget, spent, limit == null ? null : (Double) (limit + extended));
    }
  }
}
