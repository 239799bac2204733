package dev.sightline.storage;

import dev.sightline.foundation.Digest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Checkpoints whose files are complete; the row comes after the files and before any pruning. */
public interface CheckpointStore {
  /** FINAL ones are what a run ends with; pruning leaves them. */
  enum Kind {
    PERIODIC,
    FINAL
  }

  /** {@code id} is the policy server's: the digest of the checkpoint's own description. */
  record Checkpoint(
      Digest id,
      String run,
      int branch,
      int step,
      Digest lineage,
      Digest stateDigest,
      long bytes,
      Kind kind,
      boolean pruned) {}

  /**
   * Records a checkpoint ({@code pruned} must be false). A repeat must be equal, but may turn
   * PERIODIC into FINAL, and revives a pruned one that was written again.
   *
   * @throws dev.sightline.foundation.SightlineException STORE_CONFLICT when the id is known with
   *     other content, STALE_TOKEN, UNKNOWN_TARGET when there is no such run
   */
  Checkpoint record(Checkpoint checkpoint, long token);

  Optional<Checkpoint> find(Digest id);

  /**
   * The newest unpruned checkpoint on the live path at or before a lineage; empty means that the
   * replay starts from the run's base.
   *
   * @throws dev.sightline.foundation.SightlineException STORE_CONFLICT when the lineage is not on
   *     the live path, UNKNOWN_TARGET
   */
  Optional<Checkpoint> nearest(String run, Digest lineage);

  /** All of a run by step, pruned ones too. */
  List<Checkpoint> list(String run);

  /**
   * Marks what may be deleted and returns every marked checkpoint of the run, those of earlier
   * calls too, since their deletion may not have happened. Kept are: the newest {@code keepLast} of
   * the live path (so never the only one, and what the open branch goes back to), those named, the
   * FINAL ones, and any that another run starts from or an open evaluation asks.
   *
   * @param keepLast at least 1
   * @param alsoKeep ids, of the best by some measure
   * @throws dev.sightline.foundation.SightlineException STALE_TOKEN, UNKNOWN_TARGET
   */
  List<Checkpoint> prune(String run, int keepLast, Collection<Digest> alsoKeep, long token);

  /**
   * Marks a checkpoint as pruned whose files turned out to be missing or broken, so that {@link
   * #nearest} names an older one. Its files are deleted with the next pruning; one that is written
   * again is recorded again.
   *
   * @throws dev.sightline.foundation.SightlineException STALE_TOKEN, UNKNOWN_TARGET
   */
  void giveUp(String run, Digest id, long token);
}
