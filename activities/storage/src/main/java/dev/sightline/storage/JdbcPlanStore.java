package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

final class JdbcPlanStore implements PlanStore {
  private final Database database;

  JdbcPlanStore(Database database) {
    this.database = database;
  }

  @Override
  public Digest put(String experiment, JsonNode body) {
    Digest digest = Json.digest(body);
    return database.inTransaction(
        sql -> {
          sql.update(
              """
              insert into plan (digest, experiment, body) values (?, ?, ?)
              on conflict (digest) do nothing
              """,
              digest,
              experiment,
              body);
          Plan stored = find(sql, digest).orElseThrow();
          if (!stored.experiment().equals(experiment)) {
            throw Failures.conflict(
                "plan %s belongs to experiment %s, not %s; name the experiment in the plan"
                    .formatted(digest.shortForm(), stored.experiment(), experiment));
          }
          return digest;
        });
  }

  @Override
  public Optional<Plan> find(Digest digest) {
    return database.inTransaction(sql -> find(sql, digest));
  }

  @Override
  public List<Plan> list(String experiment) {
    return database.inTransaction(
        sql ->
            sql.list(
                "select * from plan where experiment = ? order by created_at, digest",
                JdbcPlanStore::map,
                experiment));
  }

  private static Optional<Plan> find(Sql sql, Digest digest) throws SQLException {
    return sql.find("select * from plan where digest = ?", JdbcPlanStore::map, digest);
  }

  private static Plan map(Row row) throws SQLException {
    return new Plan(row.digest("digest"), row.text("experiment"), row.json("body"));
  }
}
