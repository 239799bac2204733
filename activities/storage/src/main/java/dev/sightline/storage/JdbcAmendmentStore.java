package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import java.sql.SQLException;
import java.util.List;

final class JdbcAmendmentStore implements AmendmentStore {
  private final Database database;

  JdbcAmendmentStore(Database database) {
    this.database = database;
  }

  @Override
  public Amendment append(String experiment, String commandId, JsonNode body) {
    return database.inTransaction(
        sql -> {
          // Ordinals have no gap, so writers of one experiment take turns.
          sql.list(
              "select true from pg_advisory_xact_lock(hashtextextended(?, 0))",
              row -> true,
              experiment);
          sql.update(
              """
              insert into amendment (experiment, ordinal, command_id, body)
              select ?, coalesce(max(ordinal) + 1, 0), ?, cast(? as jsonb) from amendment where experiment = ?
              on conflict (experiment, command_id) do nothing
              """,
              experiment,
              commandId,
              body,
              experiment);
          return sql.find(
                  "select * from amendment where experiment = ? and command_id = ?",
                  JdbcAmendmentStore::map,
                  experiment,
                  commandId)
              .orElseThrow();
        });
  }

  @Override
  public Amendments list(String experiment) {
    List<Amendment> list =
        database.inTransaction(
            sql ->
                sql.list(
                    "select * from amendment where experiment = ? order by ordinal",
                    JdbcAmendmentStore::map,
                    experiment));
    Digest digest = Json.digest(Json.tree(list.stream().map(Amendment::body).toList()));
    return new Amendments(list, digest);
  }

  private static Amendment map(Row row) throws SQLException {
    return new Amendment(
        row.text("experiment"), row.integer("ordinal"), row.text("command_id"), row.json("body"));
  }
}
