package dev.sightline.storage;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.RunStore.Head;
import dev.sightline.storage.RunStore.RoundState;
import dev.sightline.storage.RunStore.Run;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

final class JdbcStepLedger implements StepLedger {
  private static final String LIVE =
      "select * from step_ledger where run = ? and not superseded and state = 'COMMITTED'";

  private final Database database;

  JdbcStepLedger(Database database) {
    this.database = database;
  }

  @Override
  public Step plan(NewStep wanted, long token) {
    StepIdentity identity = wanted.identity();
    return database.inTransaction(
        sql -> {
          Run run = LivePath.lock(sql, identity.run());
          Fence.check(sql, identity.run(), token);
          Optional<Step> stored = find(sql, identity.run(), identity.branch(), identity.step());
          if (stored.isPresent()) {
            requireSame(stored.get(), wanted);
            sql.update(
                """
                update step_ledger set attempts = attempts + 1
                where run = ? and branch = ? and step = ?
                """,
                identity.run(),
                identity.branch(),
                identity.step());
          } else {
            requireAtHead(sql, run, wanted);
            sql.update(
                """
                insert into step_ledger (run, branch, round, step, lineage_before, batch_digest,
                  rollout_digest, score_digest, micro_batches, state, token)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'PLANNED', ?)
                """,
                identity.run(),
                identity.branch(),
                identity.round(),
                identity.step(),
                wanted.parentLineage(),
                wanted.batchDigest(),
                wanted.rolloutDigest(),
                wanted.scoreDigest(),
                Json.tree(wanted.microBatches()),
                token);
          }
          return find(sql, identity.run(), identity.branch(), identity.step()).orElseThrow();
        });
  }

  @Override
  public Step replan(
      StepIdentity identity,
      Digest batchBefore,
      Digest batch,
      List<List<Integer>> microBatches,
      long token) {
    return database.inTransaction(
        sql -> {
          Step stored = lockedPlan(sql, identity, token);
          if (stored.batchDigest().equals(batch)) {
            return stored;
          }
          if (stored.state() == State.COMMITTED || !stored.batchDigest().equals(batchBefore)) {
            throw Failures.step(
                "%s is %s with batch %s and cannot be planned again from %s"
                    .formatted(
                        identity,
                        stored.state(),
                        stored.batchDigest().shortForm(),
                        batchBefore.shortForm()));
          }
          sql.update(
              """
              update step_ledger set batch_digest = ?, micro_batches = ?, token = ?
              where run = ? and branch = ? and step = ?
              """,
              batch,
              Json.tree(microBatches),
              token,
              identity.run(),
              identity.branch(),
              identity.step());
          return find(sql, identity.run(), identity.branch(), identity.step()).orElseThrow();
        });
  }

  @Override
  public Step commit(Commit commit, long token) {
    StepIdentity identity = commit.identity();
    return database.inTransaction(
        sql -> {
          Step stored = lockedPlan(sql, identity, token);
          if (stored.state() == State.COMMITTED) {
            requireSameOutcome(stored, commit);
            return stored;
          }
          sql.update(
              """
              update step_ledger set state = 'COMMITTED', lineage_after = ?, state_digest = ?,
                metrics = ?, incarnation = ?, token = ?, committed_at = clock_timestamp()
              where run = ? and branch = ? and step = ?
              """,
              commit.lineage(),
              commit.stateDigest(),
              commit.metrics(),
              commit.incarnation(),
              token,
              identity.run(),
              identity.branch(),
              identity.step());
          return find(sql, identity.run(), identity.branch(), identity.step()).orElseThrow();
        });
  }

  @Override
  public Optional<Step> find(StepIdentity identity) {
    return database.inTransaction(
        sql ->
            find(sql, identity.run(), identity.branch(), identity.step())
                .filter(step -> step.identity().equals(identity)));
  }

  @Override
  public Optional<Step> pending(String run) {
    return database.inTransaction(
        sql ->
            sql.find(
                "select * from step_ledger where run = ? and not superseded and state = 'PLANNED'",
                JdbcStepLedger::map,
                run));
  }

  @Override
  public Optional<Step> last(String run) {
    return database.inTransaction(
        sql -> sql.find(LIVE + " order by step desc limit 1", JdbcStepLedger::map, run));
  }

  @Override
  public List<Instant> lastCommits(String run, int limit) {
    return database.inTransaction(
        sql ->
            sql.list(
                LIVE + " order by step desc limit ?",
                row -> row.instant("committed_at"),
                run,
                limit));
  }

  @Override
  public List<Step> liveSteps(String run) {
    return database.inTransaction(
        sql -> sql.list(LIVE + " order by step", JdbcStepLedger::map, run));
  }

  @Override
  public List<Step> liveSteps(String run, Digest after, Digest upTo) {
    return database.inTransaction(
        sql -> {
          Run stored = LivePath.read(sql, run);
          int first = LivePath.position(sql, stored, after);
          int last = LivePath.position(sql, stored, upTo);
          if (last < first) {
            throw Failures.conflict(
                "lineage %s of run %s lies before %s; replay from an earlier checkpoint"
                    .formatted(upTo.shortForm(), run, after.shortForm()));
          }
          return sql.list(
              LIVE + " and step > ? and step <= ? order by step",
              JdbcStepLedger::map,
              run,
              first,
              last);
        });
  }

  private static Step lockedPlan(Sql sql, StepIdentity identity, long token) throws SQLException {
    LivePath.lock(sql, identity.run());
    Fence.check(sql, identity.run(), token);
    Step stored =
        find(sql, identity.run(), identity.branch(), identity.step())
            .filter(step -> step.identity().equals(identity))
            .orElseThrow(() -> Failures.step(identity + " is not planned; plan it first"));
    requireLive(stored);
    return stored;
  }

  private static void requireLive(Step stored) {
    if (stored.superseded()) {
      throw Failures.step(stored.identity() + " is superseded by a later branch");
    }
  }

  private static void requireSame(Step stored, NewStep wanted) {
    requireLive(stored);
    if (!stored.identity().equals(wanted.identity())
        || !stored.parentLineage().equals(wanted.parentLineage())
        || !stored.batchDigest().equals(wanted.batchDigest())
        || !Objects.equals(stored.rolloutDigest(), wanted.rolloutDigest())
        || !Objects.equals(stored.scoreDigest(), wanted.scoreDigest())) {
      throw Failures.step(
          "%s is planned with parent %s and batch %s; wanted were round %d, parent %s and batch %s, or another rollout or score"
              .formatted(
                  stored.identity(),
                  stored.parentLineage().shortForm(),
                  stored.batchDigest().shortForm(),
                  wanted.identity().round(),
                  wanted.parentLineage().shortForm(),
                  wanted.batchDigest().shortForm()));
    }
  }

  private static void requireAtHead(Sql sql, Run run, NewStep wanted) throws SQLException {
    StepIdentity identity = wanted.identity();
    Head head = LivePath.head(sql, run);
    boolean open =
        Rounds.find(sql, run.id(), identity.branch(), identity.round())
            .filter(round -> round.state() == RoundState.LIVE && round.endLineage() == null)
            .isPresent();
    if (!open) {
      throw Failures.step(identity + " has no open round; begin it first");
    }
    if (identity.branch() != head.branch()
        || identity.step() != head.step() + 1
        || !wanted.parentLineage().equals(head.lineage())) {
      throw Failures.step(
          "%s with parent %s does not follow the head: branch %d step %d lineage %s"
              .formatted(
                  identity,
                  wanted.parentLineage().shortForm(),
                  head.branch(),
                  head.step(),
                  head.lineage().shortForm()));
    }
  }

  private static void requireSameOutcome(Step stored, Commit commit) {
    if (!commit.lineage().equals(stored.lineage())) {
      throw Failures.step(
          "%s is committed with lineage %s, not %s"
              .formatted(stored.identity(), stored.lineage(), commit.lineage()));
    }
    if (stored.stateDigest() != null
        && commit.stateDigest() != null
        && !stored.stateDigest().equals(commit.stateDigest())) {
      throw new SightlineException(
          FailureType.STATE_DIVERGED,
          "%s gave state %s before and %s now: the replay did not repeat the numbers"
              .formatted(stored.identity(), stored.stateDigest(), commit.stateDigest()));
    }
  }

  private static Optional<Step> find(Sql sql, String run, int branch, int step)
      throws SQLException {
    return sql.find(
        "select * from step_ledger where run = ? and branch = ? and step = ?",
        JdbcStepLedger::map,
        run,
        branch,
        step);
  }

  private static Step map(Row row) throws SQLException {
    return new Step(
        new StepIdentity(
            row.text("run"), row.integer("branch"), row.integer("round"), row.integer("step")),
        row.digest("lineage_before"),
        row.digest("batch_digest"),
        row.digestOrNull("rollout_digest"),
        row.digestOrNull("score_digest"),
        Json.indexLists(row.json("micro_batches")),
        row.constant(State.class, "state"),
        row.integer("attempts"),
        row.truth("superseded"),
        row.longInteger("token"),
        row.digestOrNull("lineage_after"),
        row.digestOrNull("state_digest"),
        row.jsonOrNull("metrics"),
        row.textOrNull("incarnation"));
  }
}
