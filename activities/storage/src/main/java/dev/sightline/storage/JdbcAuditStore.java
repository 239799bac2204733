package dev.sightline.storage;

import java.sql.SQLException;
import java.util.List;

final class JdbcAuditStore implements AuditStore {
  private final Database database;

  JdbcAuditStore(Database database) {
    this.database = database;
  }

  @Override
  public boolean append(Entry entry) {
    return database.inTransaction(
        sql ->
            sql.update(
                    """
                    insert into operator_audit (workflow_id, command_id, experiment, command,
                      issued_by, target, reason, outcome, message, issued_at, budget, amount)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (workflow_id, command_id) do nothing
                    """,
                    entry.workflowId(),
                    entry.commandId(),
                    entry.experiment(),
                    entry.command(),
                    entry.issuedBy(),
                    entry.target(),
                    entry.reason(),
                    entry.outcome(),
                    entry.message(),
                    entry.issuedAt(),
                    entry.budget(),
                    entry.amount())
                == 1);
  }

  @Override
  public List<Entry> forExperiment(String experiment) {
    return list("select * from operator_audit where experiment = ? order by ordinal", experiment);
  }

  @Override
  public List<Entry> forWorkflow(String workflowId) {
    return list("select * from operator_audit where workflow_id = ? order by ordinal", workflowId);
  }

  private List<Entry> list(String query, String key) {
    return database.inTransaction(sql -> sql.list(query, JdbcAuditStore::map, key));
  }

  private static Entry map(Row row) throws SQLException {
    return new Entry(
        row.text("workflow_id"),
        row.text("command_id"),
        row.textOrNull("experiment"),
        row.text("command"),
        row.text("issued_by"),
        row.textOrNull("target"),
        row.text("reason"),
        row.constant(Outcome.class, "outcome"),
        row.text("message"),
        row.instant("issued_at"),
        row.textOrNull("budget"),
        row.longIntegerOrNull("amount"));
  }
}
