package dev.sightline.workflow.internal.operation;

import dev.sightline.workflow.AuditEntry;
import dev.sightline.workflow.CommandKind;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.internal.command.CommandDecision;
import dev.sightline.workflow.internal.command.CommandDecision.Accepted;
import dev.sightline.workflow.internal.command.CommandDecision.Duplicate;
import dev.sightline.workflow.internal.command.CommandDecision.Refused;
import org.jspecify.annotations.Nullable;

/** Audit rows; signals come unchecked, so every part of a command may be missing. */
final class Audit {
  private static final String NOBODY = "unknown";

  private Audit() {}

  static AuditEntry entry(
      CommandKind kind, @Nullable OperatorCommand command, CommandDecision decision) {
    String outcome =
        switch (decision) {
          case Accepted accepted -> "ACCEPTED";
          case Refused refused -> "REFUSED";
          case Duplicate duplicate -> "DUPLICATE";
        };
    if (command == null) {
      return new AuditEntry(
          NOBODY, kind.wireName(), NOBODY, null, null, outcome, decision.message());
    }
    return new AuditEntry(
        named(command.commandId()),
        kind.wireName(),
        named(command.by()),
        command.reason(),
        command.target(),
        outcome,
        decision.message(),
        command.budget(),
        command.budget() == null ? null : command.amount());
  }

  private static String named(@Nullable String text) {
    return text == null || text.isBlank() ? NOBODY : text;
  }
}
