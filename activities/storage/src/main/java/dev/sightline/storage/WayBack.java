package dev.sightline.storage;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.RunStore.Run;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Whether the policy can still be brought back to a place of the live path. The base can always be
 * had, and what lies before the first checkpoint is replayed from it. Behind a pruned checkpoint
 * nothing is replayed from the base: that would be most of the run again without anybody's asking.
 */
final class WayBack {
  private static final String CHECKPOINTS =
      """
      select min(c.step) as step from checkpoint c where c.run = ? and c.pruned = ?
        and exists (select 1 from step_ledger s where s.run = c.run
          and s.lineage_after = c.lineage and not s.superseded and s.state = 'COMMITTED')
      """;

  private WayBack() {}

  /**
   * @param position the step that the round is to begin behind
   * @throws SightlineException CHECKPOINT_PRUNED naming the nearest round that can begin again
   */
  static void require(Sql sql, Run run, int round, int position) throws SQLException {
    int kept = oldest(sql, run, false).orElse(Integer.MAX_VALUE);
    int pruned = oldest(sql, run, true).orElse(Integer.MAX_VALUE);
    if (position == 0 || kept <= position || position < pruned) {
      return;
    }
    throw new SightlineException(
        FailureType.CHECKPOINT_PRUNED,
        "round %d of run %s began behind step %d, whose checkpoint is pruned; the nearest round that can begin again is %s (or round 0, from the start): reset the workflow to it, and keep more with operations.keepCheckpoints"
            .formatted(round, run.id(), position, nearest(sql, run, round, kept)));
  }

  private static String nearest(Sql sql, Run run, int round, int kept) throws SQLException {
    Optional<String> later =
        sql.find(
            """
            select r.round, s.step from round r join step_ledger s on s.run = r.run
                and s.lineage_after = r.parent_lineage and not s.superseded
            where r.run = ? and r.state = 'LIVE' and r.round > ? and s.step >= ?
            order by r.round limit 1
            """,
            row -> "round " + row.integer("round") + ", behind step " + row.integer("step"),
            run.id(),
            round,
            kept);
    return later.orElse("the one after the run's last");
  }

  /** The step of the first checkpoint of the live path that is pruned, or that is not. */
  private static Optional<Integer> oldest(Sql sql, Run run, boolean pruned) throws SQLException {
    return sql.find(
            CHECKPOINTS, row -> Optional.ofNullable(row.integerOrNull("step")), run.id(), pruned)
        .flatMap(step -> step);
  }
}
