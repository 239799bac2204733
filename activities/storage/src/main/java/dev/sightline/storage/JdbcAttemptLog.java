package dev.sightline.storage;

import dev.sightline.foundation.FailureType;
import java.util.List;

final class JdbcAttemptLog implements AttemptLog {
  private final Database database;

  JdbcAttemptLog(Database database) {
    this.database = database;
  }

  @Override
  public void append(
      String scope, String activity, int attempt, FailureType failureType, String message) {
    database.execute(
        sql ->
            sql.update(
                """
                insert into attempt_log (scope, activity, attempt, failure_type, message)
                values (?, ?, ?, ?, ?)
                """,
                scope,
                activity,
                attempt,
                failureType,
                message));
  }

  @Override
  public List<Attempt> list(String scope, int limit) {
    return database.inTransaction(
        sql ->
            sql.list(
                """
                select * from (select * from attempt_log where scope = ?
                  order by ordinal desc limit ?) newest order by ordinal
                """,
                row ->
                    new Attempt(
                        row.text("scope"),
                        row.text("activity"),
                        row.integer("attempt"),
                        row.constant(FailureType.class, "failure_type"),
                        row.text("message"),
                        row.instant("failed_at")),
                scope,
                limit));
  }
}
