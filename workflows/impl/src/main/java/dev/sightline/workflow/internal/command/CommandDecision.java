package dev.sightline.workflow.internal.command;

/** What the ledger answers to a command. */
public sealed interface CommandDecision {
  /** One sentence for the sender. */
  String message();

  /** It takes effect now. */
  record Accepted(String message) implements CommandDecision {}

  /** It changes nothing; the message says why, and what is legal. */
  record Refused(String message) implements CommandDecision {}

  /** The same command was applied before. */
  record Duplicate(String message) implements CommandDecision {}
}
