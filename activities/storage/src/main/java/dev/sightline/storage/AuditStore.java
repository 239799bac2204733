package dev.sightline.storage;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators asked for, and what came of it. Append-only. */
public interface AuditStore {
  /** What the command ledger said. */
  enum Outcome {
    ACCEPTED,
    REFUSED,
    DUPLICATE
  }

  /**
   * {@code message} is the ledger's answer; {@code experiment} is null for what runs alone, {@code
   * budget} and {@code amount} for what raises no budget.
   */
  record Entry(
      String workflowId,
      String commandId,
      @Nullable String experiment,
      String command,
      String issuedBy,
      @Nullable String target,
      String reason,
      Outcome outcome,
      String message,
      Instant issuedAt,
      @Nullable String budget,
      @Nullable Long amount) {}

  /** Appends; false when that workflow has an entry of that command id, which stays as it is. */
  boolean append(Entry entry);

  /** In the order of arrival. */
  List<Entry> forExperiment(String experiment);

  /** In the order of arrival. */
  List<Entry> forWorkflow(String workflowId);
}
