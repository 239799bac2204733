package dev.sightline.workflow.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.spec.ExperimentSpec.Budgets;
import dev.sightline.spec.OnExhausted;
import dev.sightline.workflow.Progress.BudgetLine;
import dev.sightline.workflow.activity.Spending;
import dev.sightline.workflow.activity.Spending.Spent;
import dev.sightline.workflow.internal.plan.BudgetDecision.Ask;
import dev.sightline.workflow.internal.plan.BudgetDecision.Stop;
import dev.sightline.workflow.internal.plan.BudgetDecision.Warning;
import dev.sightline.workflow.internal.plan.BudgetDecision.Within;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetDecisionTest {
  private static final Budgets ASK =
      new Budgets(3600.0, null, 1e6, null, 5, null, 0.8, OnExhausted.ASK);

  private static Spending spending(double seconds, double tokens, double failures) {
    return new Spending(
        List.of(
            new Spent("gpuSeconds", seconds, 400),
            new Spent("tokens", tokens, 0),
            new Spent("infraFailures", failures, 0),
            new Spent("dataFailures", 99, 0)));
  }

  @Test
  void whatHasNoLimitIsNeverSpent() {
    assertThat(BudgetDecision.of(null, spending(1e9, 1e9, 1e9))).isEqualTo(new Within(List.of()));
    assertThat(BudgetDecision.of(ASK, spending(10, 10, 0))).isEqualTo(new Within(List.of()));
  }

  @Test
  void warnsFromItsShareAndAsksAtTheLimitThatOperatorsRaised() {
    assertThat(BudgetDecision.of(ASK, spending(3200, 10, 4)))
        .isEqualTo(
            new Within(
                List.of(
                    new Warning("gpuSeconds", 4000, "gpuSeconds 3200 of 4000"),
                    new Warning("infraFailures", 5, "infraFailures 4 of 5"))));
    assertThat(BudgetDecision.of(ASK, spending(3199, 10, 3))).isEqualTo(new Within(List.of()));
    assertThat(BudgetDecision.of(ASK, spending(4000, 10, 5)))
        .isEqualTo(
            new Ask(
                "BUDGET_EXHAUSTED: gpuSeconds 4000 of 4000, infraFailures 5 of 5 are spent;"
                    + " extendBudget goes on"));
  }

  @Test
  void stopsWhereTheFileSaysSo() {
    Budgets stop = new Budgets(null, null, 5.0, null, null, null, 1, OnExhausted.STOP);
    assertThat(BudgetDecision.of(stop, spending(0, 6, 0)))
        .isEqualTo(new Stop("BUDGET_EXHAUSTED: tokens 6 of 5 are spent"));
  }

  @Test
  void peopleSeeWhatIsSpentOfWhat() {
    assertThat(spending(12, 7, 0).against(ASK))
        .containsExactly(
            new BudgetLine("gpuSeconds", 12, 4000.0),
            new BudgetLine("tokens", 7, 1e6),
            new BudgetLine("infraFailures", 0, 5.0),
            new BudgetLine("dataFailures", 99, null));
    assertThat(spending(12, 7, 0).against(null)).extracting(BudgetLine::limit).containsOnlyNulls();
  }
}
