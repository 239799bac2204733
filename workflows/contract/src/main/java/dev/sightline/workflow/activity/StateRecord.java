package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.sightline.workflow.AuditEntry;
import dev.sightline.workflow.StageState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workflow's state and audit outbox, to be written to PostgreSQL for the CLI and the dashboard.
 *
 * @param workflowId whose state it is
 * @param stage stage path in work
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StateRecord(
    String experiment,
    String workflowId,
    StageState state,
    String stage,
    @Nullable String reason,
    List<AuditEntry> audit) {
  public StateRecord {
    audit = audit == null ? List.of() : List.copyOf(audit);
  }
}
