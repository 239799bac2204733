package dev.sightline.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asks. A repeat of the same {@code commandId} changes nothing.
 *
 * @param commandId chosen by the sender, unique for a workflow
 * @param by who asks
 * @param reason why, for the audit
 * @param target a stage path ({@code dataset}, {@code warm-start}, {@code train/<arm>/<seed>},
 *     {@code evaluate/...}), or null for the workflow itself
 * @param amount how much more, for {@code extendBudget}: attempts, or of the budget's unit
 * @param budget for {@code extendBudget}: which of the experiment's budgets ({@code gpuSeconds},
 *     {@code tokens}, ...); null for attempts
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record OperatorCommand(
    String commandId,
    String by,
    @Nullable String reason,
    @Nullable String target,
    @Nullable Long amount,
    @Nullable String budget) {
  /** A command about no budget. */
  public OperatorCommand(
      String commandId,
      String by,
      @Nullable String reason,
      @Nullable String target,
      @Nullable Long amount) {
    this(commandId, by, reason, target, amount, null);
  }
}
