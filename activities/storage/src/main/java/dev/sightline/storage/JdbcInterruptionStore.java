package dev.sightline.storage;

import dev.sightline.foundation.Digest;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class JdbcInterruptionStore implements InterruptionStore {
  /** Every rollout waits for these: a crash of PostgreSQL may cost the last half second of rows. */
  private static final String LATER = "set local synchronous_commit to off";

  private final Database database;

  JdbcInterruptionStore(Database database) {
    this.database = database;
  }

  @Override
  public void drawing(DrawIdentity draw, int samples, long token) {
    database.execute(
        sql -> {
          Fence.check(sql, draw.run(), token);
          sql.update(LATER);
          sql.update(
              """
              insert into rollout_draw (run, branch, round, step, wave, incarnation, samples)
              values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
              """,
              draw.run(),
              draw.branch(),
              draw.round(),
              draw.step(),
              draw.wave(),
              draw.incarnation(),
              samples);
        });
  }

  @Override
  public void looked(DrawIdentity draw, Look look) {
    database.execute(
        sql ->
            sql.update(
                """
                update rollout_draw set lengths = ?, growing = ?
                where run = ? and branch = ? and step = ? and wave = ? and incarnation = ?
                  and rollout is null
                """,
                look.lengths(),
                look.growing(),
                draw.run(),
                draw.branch(),
                draw.step(),
                draw.wave(),
                draw.incarnation()));
  }

  @Override
  public void drawn(DrawIdentity draw, List<Integer> lengths, Digest rollout, long token) {
    database.execute(
        sql -> {
          Fence.check(sql, draw.run(), token);
          sql.update(LATER);
          sql.update(
              """
              insert into rollout_draw as stored
                (run, branch, round, step, wave, incarnation, samples, lengths, growing, rollout)
              values (?, ?, ?, ?, ?, ?, ?, ?, '{}', ?)
              on conflict (run, branch, step, wave, incarnation) do update
              set lengths = excluded.lengths, growing = excluded.growing, rollout = excluded.rollout
              where stored.rollout is null
              """,
              draw.run(),
              draw.branch(),
              draw.round(),
              draw.step(),
              draw.wave(),
              draw.incarnation(),
              lengths.size(),
              lengths,
              rollout);
        });
  }

  @Override
  public List<Draw> draws(String run) {
    return database.inTransaction(
        sql ->
            sql.list(
                "select *, lengths is not null as seen from rollout_draw where run = ? order by ordinal",
                JdbcInterruptionStore::draw,
                run));
  }

  private static Draw draw(Row row) throws SQLException {
    return new Draw(
        new DrawIdentity(
            row.text("run"),
            row.integer("branch"),
            row.integer("round"),
            row.integer("step"),
            row.integer("wave"),
            row.text("incarnation")),
        row.integer("samples"),
        row.truth("seen") ? new Look(row.integers("lengths"), row.integers("growing")) : null,
        row.digestOrNull("rollout"));
  }

  @Override
  public void returned(String run, long token, Digest lineage, boolean restored, int replayed) {
    database.execute(
        sql -> {
          Fence.check(sql, run, token);
          sql.update(
              """
              insert into policy_return (run, branch, round, token, lineage, restored, replayed)
              select run, branch, round, ?, ?, ?, ? from round
              where run = ? and state = 'LIVE' order by round desc limit 1
              on conflict do nothing
              """,
              token,
              lineage,
              restored,
              replayed,
              run);
        });
  }

  @Override
  public List<Return> returns(String run) {
    return database.inTransaction(
        sql ->
            sql.list(
                "select * from policy_return where run = ? order by ordinal",
                row ->
                    new Return(
                        row.text("run"),
                        row.integer("branch"),
                        row.integer("round"),
                        row.longInteger("token"),
                        row.digest("lineage"),
                        row.truth("restored"),
                        row.integer("replayed")),
                run));
  }

  @Override
  public void repeated(
      String run, @Nullable Integer branch, int round, long step, String activity, int attempt) {
    database.execute(
        sql ->
            sql.update(
                """
                insert into repeated_effect as stored (run, branch, round, step, activity, attempt)
                select ?, coalesce(?::integer, max(branch)), ?, ?, ?, ? from branch where run = ?
                having max(branch) is not null
                on conflict (run, branch, round, step, activity) do update
                set attempt = greatest(stored.attempt, excluded.attempt)
                """,
                run,
                branch,
                round,
                step,
                activity,
                attempt,
                run));
  }

  @Override
  public List<Repeated> repeated(String run) {
    return database.inTransaction(
        sql ->
            sql.list(
                "select * from repeated_effect where run = ? order by ordinal",
                row ->
                    new Repeated(
                        row.text("run"),
                        row.integer("branch"),
                        row.integer("round"),
                        row.longInteger("step"),
                        row.text("activity"),
                        row.integer("attempt")),
                run));
  }
}
