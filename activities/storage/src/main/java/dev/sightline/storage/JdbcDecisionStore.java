package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;

final class JdbcDecisionStore implements DecisionStore {
  private final Database database;

  JdbcDecisionStore(Database database) {
    this.database = database;
  }

  @Override
  public Decision decide(String experiment, String target, JsonNode body) {
    return database.inTransaction(
        sql -> {
          sql.update(
              """
              insert into decision (experiment, target, body) values (?, ?, ?)
              on conflict (experiment, target) do nothing
              """,
              experiment,
              target,
              body);
          return sql.find(
                  "select * from decision where experiment = ? and target = ?",
                  JdbcDecisionStore::map,
                  experiment,
                  target)
              .orElseThrow();
        });
  }

  @Override
  public List<Decision> list(String experiment) {
    return database.inTransaction(
        sql ->
            sql.list(
                "select * from decision where experiment = ? order by ordinal",
                JdbcDecisionStore::map,
                experiment));
  }

  private static Decision map(Row row) throws SQLException {
    return new Decision(row.text("experiment"), row.text("target"), row.json("body"));
  }
}
