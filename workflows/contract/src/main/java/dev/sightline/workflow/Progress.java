package dev.sightline.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the query {@code progress}.
 *
 * @param stage the stage path in work
 * @param done units of work done (steps, items, shards; the ablation counts stages)
 * @param total units of work in all
 * @param reason why it waits, or null
 * @param stages one line for each stage of an ablation; empty elsewhere
 * @param budgets what the experiment had spent when it was last looked at; empty before
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Progress(
    StageState state,
    String stage,
    long round,
    long done,
    long total,
    @Nullable Double reward,
    @Nullable String reason,
    List<StageLine> stages,
    List<BudgetLine> budgets) {
  public Progress {
    stages = stages == null ? List.of() : List.copyOf(stages);
    budgets = budgets == null ? List.of() : List.copyOf(budgets);
  }

  /**
   * One budget of the experiment.
   *
   * @param budget its name, such as {@code gpuSeconds}
   * @param limit with what operators added; null for none
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record BudgetLine(String budget, double spent, @Nullable Double limit) {}

  /** One stage of an ablation. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record StageLine(String target, StageState state, @Nullable String message) {}
}
