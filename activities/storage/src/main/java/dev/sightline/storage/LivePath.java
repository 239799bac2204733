package dev.sightline.storage;

import dev.sightline.foundation.Digest;
import dev.sightline.storage.RunStore.Head;
import dev.sightline.storage.RunStore.Run;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The path of committed, not superseded steps from a run's base to its head. */
final class LivePath {
  private LivePath() {}

  /** The run, locked against other writers of its path until the transaction ends. */
  static Run lock(Sql sql, String run) throws SQLException {
    return sql.find("select * from run where id = ? for no key update", JdbcRunStore::run, run)
        .orElseThrow(() -> Failures.unknown("run", run));
  }

  static Run read(Sql sql, String run) throws SQLException {
    return sql.find("select * from run where id = ?", JdbcRunStore::run, run)
        .orElseThrow(() -> Failures.unknown("run", run));
  }

  static Digest base(Run run) {
    @Nullable Digest base = run.baseLineage();
    if (base == null) {
      throw Failures.unknown("base lineage of run", run.id());
    }
    return base;
  }

  static Head head(Sql sql, Run run) throws SQLException {
    int branch =
        sql.find(
                "select max(branch) as branch from branch where run = ?",
                row -> row.integer("branch"),
                run.id())
            .orElseThrow();
    int round =
        sql.find(
                "select coalesce(max(round), 0) as round from round where run = ? and state = 'LIVE'",
                row -> row.integer("round"),
                run.id())
            .orElseThrow();
    Head start = new Head(run.id(), branch, round, 0, base(run), run.baseStateDigest());
    return sql.find(
            """
            select step, lineage_after, state_digest from step_ledger
            where run = ? and not superseded and state = 'COMMITTED' order by step desc limit 1
            """,
            row ->
                new Head(
                    run.id(),
                    branch,
                    round,
                    row.integer("step"),
                    row.digest("lineage_after"),
                    row.digestOrNull("state_digest")),
            run.id())
        .orElse(start);
  }

  /** The step that a lineage of the live path follows: 0 for the base. */
  static int position(Sql sql, Run run, Digest lineage) throws SQLException {
    if (lineage.equals(run.baseLineage())) {
      return 0;
    }
    Optional<Integer> live =
        sql.find(
            """
            select step from step_ledger
            where run = ? and lineage_after = ? and not superseded and state = 'COMMITTED'
            """,
            row -> row.integer("step"),
            run.id(),
            lineage);
    return live.orElseThrow(
        () ->
            Failures.conflict(
                "lineage %s is not on the live path of run %s; ask for its head"
                    .formatted(lineage.shortForm(), run.id())));
  }
}
