package dev.sightline.storage;

import dev.sightline.foundation.Digest;
import dev.sightline.storage.RunStore.Run;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

final class JdbcCheckpointStore implements CheckpointStore {
  /** Whether checkpoint {@code c} lies on the live path of its run {@code r}. */
  private static final String LIVE =
      """
      (c.lineage = r.base_lineage or exists (select 1 from step_ledger s
        where s.run = c.run and s.lineage_after = c.lineage and not s.superseded
          and s.state = 'COMMITTED'))
      """;

  private final Database database;

  JdbcCheckpointStore(Database database) {
    this.database = database;
  }

  @Override
  public Checkpoint record(Checkpoint wanted, long token) {
    if (wanted.pruned()) {
      throw new IllegalArgumentException("a checkpoint is recorded before it is pruned");
    }
    return database.inTransaction(
        sql -> {
          LivePath.lock(sql, wanted.run());
          Fence.check(sql, wanted.run(), token);
          sql.update(
              """
              insert into checkpoint (id, run, branch, step, lineage, state_digest, bytes, kind)
              values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set pruned = false,
                kind = case when excluded.kind = 'FINAL' then 'FINAL' else checkpoint.kind end
              """,
              wanted.id(),
              wanted.run(),
              wanted.branch(),
              wanted.step(),
              wanted.lineage(),
              wanted.stateDigest(),
              wanted.bytes(),
              wanted.kind());
          Checkpoint stored = find(sql, wanted.id()).orElseThrow();
          if (!stored.run().equals(wanted.run())
              || stored.step() != wanted.step()
              || !stored.lineage().equals(wanted.lineage())
              || !stored.stateDigest().equals(wanted.stateDigest())) {
            throw Failures.conflict(
                "checkpoint %s is recorded for run %s step %d lineage %s with another content"
                    .formatted(
                        wanted.id().shortForm(),
                        stored.run(),
                        stored.step(),
                        stored.lineage().shortForm()));
          }
          return stored;
        });
  }

  @Override
  public Optional<Checkpoint> find(Digest id) {
    return database.inTransaction(sql -> find(sql, id));
  }

  @Override
  public Optional<Checkpoint> nearest(String run, Digest lineage) {
    return database.inTransaction(
        sql -> {
          Run stored = LivePath.read(sql, run);
          int position = LivePath.position(sql, stored, lineage);
          return sql.find(
              "select c.* from checkpoint c join run r on r.id = c.run where c.run = ?"
                  + " and not c.pruned and c.step <= ? and "
                  + LIVE
                  + " order by c.step desc, c.id limit 1",
              JdbcCheckpointStore::map,
              run,
              position);
        });
  }

  @Override
  public List<Checkpoint> list(String run) {
    return database.inTransaction(
        sql ->
            sql.list(
                "select * from checkpoint where run = ? order by step, id",
                JdbcCheckpointStore::map,
                run));
  }

  @Override
  public List<Checkpoint> prune(String run, int keepLast, Collection<Digest> alsoKeep, long token) {
    if (keepLast < 1) {
      throw new IllegalArgumentException("keep at least 1 checkpoint, not " + keepLast);
    }
    List<Object> values = new ArrayList<>(List.of(run, run, keepLast));
    values.addAll(alsoKeep);
    String named = alsoKeep.stream().map(id -> " and id <> ?").collect(Collectors.joining());
    return database.inTransaction(
        sql -> {
          LivePath.lock(sql, run);
          Fence.check(sql, run, token);
          sql.update(
              "update checkpoint set pruned = true where run = ? and not pruned and kind = 'PERIODIC'"
                  + " and not exists (select 1 from run b where b.base_checkpoint = checkpoint.id)"
                  + " and not exists (select 1 from evaluation e where e.checkpoint = checkpoint.id"
                  + " and e.state = 'OPEN')"
                  + " and id not in (select c.id from checkpoint c join run r on r.id = c.run"
                  + " where c.run = ? and not c.pruned order by "
                  + LIVE
                  + " desc, c.step desc, c.id limit ?)"
                  + named,
              values.toArray());
          return sql.list(
              "select * from checkpoint where run = ? and pruned order by step, id",
              JdbcCheckpointStore::map,
              run);
        });
  }

  @Override
  public void giveUp(String run, Digest id, long token) {
    database.execute(
        sql -> {
          LivePath.lock(sql, run);
          Fence.check(sql, run, token);
          Failures.requireOne(
              sql.update("update checkpoint set pruned = true where run = ? and id = ?", run, id),
              "checkpoint",
              id.hex());
        });
  }

  private static Optional<Checkpoint> find(Sql sql, Digest id) throws SQLException {
    return sql.find("select * from checkpoint where id = ?", JdbcCheckpointStore::map, id);
  }

  private static Checkpoint map(Row row) throws SQLException {
    return new Checkpoint(
        row.digest("id"),
        row.text("run"),
        row.integer("branch"),
        row.integer("step"),
        row.digest("lineage"),
        row.digest("state_digest"),
        row.longInteger("bytes"),
        row.constant(Kind.class, "kind"),
        row.truth("pruned"));
  }
}
