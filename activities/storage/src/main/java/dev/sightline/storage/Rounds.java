package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import dev.sightline.storage.RunStore.Head;
import dev.sightline.storage.RunStore.Round;
import dev.sightline.storage.RunStore.RoundState;
import dev.sightline.storage.RunStore.Run;
import java.sql.SQLException;
import java.util.Optional;

/** Beginning and ending rounds, inside a transaction that holds the run. */
final class Rounds {
  private Rounds() {}

  static Round begin(Sql sql, Run run, int round, Digest parentLineage, String reason)
      throws SQLException {
    Head head = LivePath.head(sql, run);
    int position = LivePath.position(sql, run, parentLineage);
    requireBetweenRounds(sql, run, round, position);
    Optional<Round> live =
        sql.find(
            "select * from round where run = ? and round = ? and state = 'LIVE'",
            Rounds::map,
            run.id(),
            round);
    if (!pathGoesOn(sql, run, round, parentLineage, position)) {
      return live.isPresent()
          ? live.get()
          : insert(sql, run.id(), head.branch(), round, parentLineage);
    }
    WayBack.require(sql, run, round, position);
    sql.update(
        "update step_ledger set superseded = true where run = ? and step > ? and not superseded",
        run.id(),
        position);
    sql.update(
        "update round set state = 'SUPERSEDED' where run = ? and round >= ? and state = 'LIVE'",
        run.id(),
        round);
    int branch = head.branch() + 1;
    sql.update(
        """
        insert into branch (run, branch, parent_branch, parent_lineage, opened_from_round, reason)
        values (?, ?, ?, ?, ?, ?)
        """,
        run.id(),
        branch,
        head.branch(),
        parentLineage,
        round,
        reason);
    return insert(sql, run.id(), branch, round, parentLineage);
  }

  static Round end(Sql sql, Run run, int branch, int round, Digest endLineage, JsonNode metrics)
      throws SQLException {
    Round stored =
        find(sql, run.id(), branch, round)
            .orElseThrow(() -> Failures.unknown("round", run.id() + " " + branch + "/" + round));
    if (stored.state() == RoundState.SUPERSEDED) {
      throw Failures.step(
          "round %d of run %s on branch %d is superseded; begin it again"
              .formatted(round, run.id(), branch));
    }
    if (stored.endLineage() != null) {
      if (!endLineage.equals(stored.endLineage())) {
        throw Failures.step(
            "round %d of run %s ended at %s, not at %s"
                .formatted(
                    round, run.id(), stored.endLineage().shortForm(), endLineage.shortForm()));
      }
      return stored;
    }
    Head head = LivePath.head(sql, run);
    if (!endLineage.equals(head.lineage())) {
      throw Failures.step(
          "round %d of run %s cannot end at %s: the head is %s"
              .formatted(round, run.id(), endLineage.shortForm(), head.lineage().shortForm()));
    }
    sql.update(
        """
        update round set end_lineage = ?, metrics = ? where run = ? and branch = ? and round = ?
        """,
        endLineage,
        metrics,
        run.id(),
        branch,
        round);
    return find(sql, run.id(), branch, round).orElseThrow();
  }

  static Optional<Round> find(Sql sql, String run, int branch, int round) throws SQLException {
    return sql.find(
        "select * from round where run = ? and branch = ? and round = ?",
        Rounds::map,
        run,
        branch,
        round);
  }

  static Round map(Row row) throws SQLException {
    return new Round(
        row.text("run"),
        row.integer("branch"),
        row.integer("round"),
        row.digest("parent_lineage"),
        row.digestOrNull("end_lineage"),
        row.constant(RoundState.class, "state"),
        row.jsonOrNull("metrics"));
  }

  /** A round may not begin in the middle of itself or of a later one. */
  private static void requireBetweenRounds(Sql sql, Run run, int round, int position)
      throws SQLException {
    Optional<Integer> inside =
        sql.find(
            """
            select max(round) as round from step_ledger
            where run = ? and not superseded and step <= ? having max(round) >= ?
            """,
            row -> row.integer("round"),
            run.id(),
            position,
            round);
    if (inside.isPresent()) {
      throw Failures.conflict(
          "round %d of run %s cannot begin inside round %d"
              .formatted(round, run.id(), inside.get()));
    }
  }

  private static boolean pathGoesOn(Sql sql, Run run, int round, Digest parentLineage, int position)
      throws SQLException {
    return sql.find(
            """
            select exists (select 1 from step_ledger
                where run = ? and not superseded and step > ?)
              or exists (select 1 from round where run = ? and state = 'LIVE'
                and (round > ? or (round = ? and parent_lineage <> ?))) as on_it_goes
            """,
            row -> row.truth("on_it_goes"),
            run.id(),
            position,
            run.id(),
            round,
            round,
            parentLineage)
        .orElseThrow();
  }

  private static Round insert(Sql sql, String run, int branch, int round, Digest parentLineage)
      throws SQLException {
    sql.update(
        """
        insert into round (run, branch, round, parent_lineage, state) values (?, ?, ?, ?, 'LIVE')
        """,
        run,
        branch,
        round,
        parentLineage);
    return find(sql, run, branch, round).orElseThrow();
  }
}
