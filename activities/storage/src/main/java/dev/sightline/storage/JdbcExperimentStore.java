package dev.sightline.storage;

import dev.sightline.foundation.Digest;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class JdbcExperimentStore implements ExperimentStore {
  private static final String BY_ID = "select * from experiment where id = ?";

  private final Database database;

  JdbcExperimentStore(Database database) {
    this.database = database;
  }

  @Override
  public Submission submit(NewExperiment wanted) {
    return database.inTransaction(
        sql -> {
          int inserted =
              sql.update(
                  """
                  insert into experiment (id, name, digest, spec, operations, state, stage)
                  values (?, ?, ?, ?, ?, 'SUBMITTED', 'submitted') on conflict (id) do nothing
                  """,
                  wanted.id(),
                  wanted.name(),
                  wanted.digest(),
                  wanted.spec(),
                  wanted.operations());
          Experiment stored = sql.find(BY_ID, JdbcExperimentStore::map, wanted.id()).orElseThrow();
          if (!stored.digest().equals(wanted.digest())) {
            throw Failures.conflict(
                "experiment %s is stored with digest %s, not %s"
                    .formatted(
                        wanted.id(), stored.digest().shortForm(), wanted.digest().shortForm()));
          }
          if (inserted == 0 && !Json.same(stored.operations(), wanted.operations())) {
            sql.update(
                "update experiment set operations = ?, updated_at = clock_timestamp() where id = ?",
                wanted.operations(),
                wanted.id());
            stored = sql.find(BY_ID, JdbcExperimentStore::map, wanted.id()).orElseThrow();
          }
          return new Submission(stored, inserted == 1);
        });
  }

  @Override
  public void update(String id, State state, String stage, @Nullable String reason) {
    database.execute(
        sql ->
            Failures.requireOne(
                sql.update(
                    """
                    update experiment set state = ?, stage = ?, reason = ?,
                      updated_at = clock_timestamp() where id = ?
                    """,
                    state,
                    stage,
                    reason,
                    id),
                "experiment",
                id));
  }

  @Override
  public void publishReport(String id, Digest resultsDigest, Digest reportDigest) {
    database.execute(
        sql ->
            Failures.requireOne(
                sql.update(
                    """
                    update experiment set results_digest = ?, report_digest = ?,
                      updated_at = clock_timestamp() where id = ?
                    """,
                    resultsDigest,
                    reportDigest,
                    id),
                "experiment",
                id));
  }

  @Override
  public Optional<Experiment> find(String id) {
    return database.inTransaction(sql -> sql.find(BY_ID, JdbcExperimentStore::map, id));
  }

  @Override
  public List<Experiment> list(int limit) {
    return database.inTransaction(
        sql ->
            sql.list(
                "select * from experiment order by created_at desc, id limit ?",
                JdbcExperimentStore::map,
                limit));
  }

  private static Experiment map(Row row) throws SQLException {
    return new Experiment(
        row.text("id"),
        row.text("name"),
        row.digest("digest"),
        row.json("spec"),
        row.json("operations"),
        row.constant(State.class, "state"),
        row.text("stage"),
        row.textOrNull("reason"),
        row.digestOrNull("results_digest"),
        row.digestOrNull("report_digest"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }
}
