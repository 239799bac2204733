package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class JdbcRunStore implements RunStore {
  private final Database database;

  JdbcRunStore(Database database) {
    this.database = database;
  }

  @Override
  public Run createOrGet(NewRun wanted) {
    return database.inTransaction(
        sql -> {
          int inserted =
              sql.update(
                  """
                  insert into run (id, phase, experiment, arm, seed, spec_digest, base_checkpoint,
                    threads, state)
                  values (?, ?, ?, ?, ?, ?, ?, ?, 'CREATED') on conflict (id) do nothing
                  """,
                  wanted.id(),
                  wanted.phase(),
                  wanted.experiment(),
                  wanted.arm(),
                  wanted.seed(),
                  wanted.specDigest(),
                  wanted.baseCheckpoint(),
                  wanted.threads());
          if (inserted == 1) {
            sql.update(
                """
                insert into branch (run, branch, opened_from_round, reason)
                values (?, 0, 0, 'the run was created')
                """,
                wanted.id());
          }
          Run stored = LivePath.read(sql, wanted.id());
          if (stored.phase() != wanted.phase()
              || !stored.specDigest().equals(wanted.specDigest())
              || !Objects.equals(stored.baseCheckpoint(), wanted.baseCheckpoint())) {
            throw Failures.conflict(
                "run %s is stored with another phase, spec digest or base checkpoint (%s, %s, %s)"
                    .formatted(
                        wanted.id(),
                        stored.phase(),
                        stored.specDigest().shortForm(),
                        stored.baseCheckpoint()));
          }
          return stored;
        });
  }

  @Override
  public Run recordBase(String run, Digest lineage, Digest stateDigest, long token) {
    return database.inTransaction(
        sql -> {
          Run stored = LivePath.lock(sql, run);
          Fence.check(sql, run, token);
          if (stored.baseLineage() == null) {
            sql.update(
                """
                update run set base_lineage = ?, base_state_digest = ?,
                  updated_at = clock_timestamp() where id = ?
                """,
                lineage,
                stateDigest,
                run);
            return LivePath.read(sql, run);
          }
          if (!lineage.equals(stored.baseLineage())
              || !stateDigest.equals(stored.baseStateDigest())) {
            throw new SightlineException(
                FailureType.STATE_DIVERGED,
                "run %s began at lineage %s, but the policy opens it at %s: another environment or other weights"
                    .formatted(run, stored.baseLineage(), lineage));
          }
          return stored;
        });
  }

  @Override
  public void update(String run, State state, @Nullable String reason) {
    database.execute(
        sql ->
            Failures.requireOne(
                sql.update(
                    "update run set state = ?, reason = ?, updated_at = clock_timestamp() where id = ?",
                    state,
                    reason,
                    run),
                "run",
                run));
  }

  @Override
  public void complete(String run, Digest finalCheckpoint, long token) {
    database.execute(
        sql -> {
          LivePath.lock(sql, run);
          Fence.check(sql, run, token);
          sql.update(
              """
              update run set state = 'COMPLETED', reason = null, final_checkpoint = ?,
                updated_at = clock_timestamp() where id = ?
              """,
              finalCheckpoint,
              run);
        });
  }

  @Override
  public Optional<Run> find(String run) {
    return database.inTransaction(
        sql -> sql.find("select * from run where id = ?", JdbcRunStore::run, run));
  }

  @Override
  public List<Run> list(String experiment) {
    return database.inTransaction(
        sql ->
            sql.list(
                "select * from run where experiment = ? order by id",
                JdbcRunStore::run,
                experiment));
  }

  @Override
  public Round beginRound(String run, int round, Digest parentLineage, String reason, long token) {
    return database.inTransaction(
        sql -> {
          Run stored = LivePath.lock(sql, run);
          Fence.check(sql, run, token);
          return Rounds.begin(sql, stored, round, parentLineage, reason);
        });
  }

  @Override
  public Round endRound(
      String run, int branch, int round, Digest endLineage, JsonNode metrics, long token) {
    return database.inTransaction(
        sql -> {
          Run stored = LivePath.lock(sql, run);
          Fence.check(sql, run, token);
          return Rounds.end(sql, stored, branch, round, endLineage, metrics);
        });
  }

  @Override
  public Head head(String run) {
    return database.inTransaction(sql -> LivePath.head(sql, LivePath.read(sql, run)));
  }

  @Override
  public List<Round> liveRounds(String run) {
    return database.inTransaction(
        sql ->
            sql.list(
                "select * from round where run = ? and state = 'LIVE' order by round",
                Rounds::map,
                run));
  }

  @Override
  public List<Branch> branches(String run) {
    return database.inTransaction(
        sql ->
            sql.list(
                "select * from branch where run = ? order by branch",
                row ->
                    new Branch(
                        row.text("run"),
                        row.integer("branch"),
                        row.integerOrNull("parent_branch"),
                        row.digestOrNull("parent_lineage"),
                        row.integer("opened_from_round"),
                        row.text("reason")),
                run));
  }

  static Run run(Row row) throws SQLException {
    return new Run(
        row.text("id"),
        row.constant(Phase.class, "phase"),
        row.text("experiment"),
        row.text("arm"),
        row.longInteger("seed"),
        row.digest("spec_digest"),
        row.digestOrNull("base_checkpoint"),
        row.integer("threads"),
        row.constant(State.class, "state"),
        row.textOrNull("reason"),
        row.digestOrNull("base_lineage"),
        row.digestOrNull("base_state_digest"),
        row.digestOrNull("final_checkpoint"));
  }
}
