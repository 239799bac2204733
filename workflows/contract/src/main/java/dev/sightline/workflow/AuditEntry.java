package dev.sightline.workflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * One line of the operator audit, written to PostgreSQL by the workflow's main loop.
 *
 * @param outcome {@code ACCEPTED, REFUSED} or {@code DUPLICATE}
 * @param budget the budget that was raised, or null
 * @param amount by how much, or null
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AuditEntry(
    String commandId,
    String command,
    String by,
    @Nullable String reason,
    @Nullable String target,
    String outcome,
    String message,
    @Nullable String budget,
    @Nullable Long amount) {
  /** An entry about no budget. */
  public AuditEntry(
      String commandId,
      String command,
      String by,
      @Nullable String reason,
      @Nullable String target,
      String outcome,
      String message) {
    this(commandId, command, by, reason, target, outcome, message, null, null);
  }
}
