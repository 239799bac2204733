package dev.sightline.storage;

import java.util.List;

final class JdbcWaiterStore implements WaiterStore {
  private final Database database;

  JdbcWaiterStore(Database database) {
    this.database = database;
  }

  @Override
  public void add(String workflowId, String waiter) {
    database.execute(
        sql ->
            sql.update(
                """
                insert into stage_waiter (workflow_id, waiter) values (?, ?)
                on conflict (workflow_id, waiter) do nothing
                """,
                workflowId,
                waiter));
  }

  @Override
  public List<String> waiters(String workflowId) {
    return database.inTransaction(
        sql ->
            sql.list(
                "select waiter from stage_waiter where workflow_id = ? order by waiter",
                row -> row.text("waiter"),
                workflowId));
  }
}
