package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of optimizer steps: every step is planned (with all that a replay needs) before it is
 * applied, and committed after.
 */
public interface StepLedger {
  /** Whether the policy's answer is recorded. */
  enum State {
    PLANNED,
    COMMITTED
  }

  /**
   * A step to plan. {@code batchDigest} is the payload's; {@code rolloutDigest} and {@code
   * scoreDigest} are null for supervised steps; micro-batches hold indices into the batch.
   */
  record NewStep(
      StepIdentity identity,
      Digest parentLineage,
      Digest batchDigest,
      @Nullable Digest rolloutDigest,
      @Nullable Digest scoreDigest,
      List<List<Integer>> microBatches) {
    public NewStep {
      microBatches = microBatches.stream().map(List::copyOf).toList();
    }
  }

  /** What the policy answered. {@code stateDigest} is null on steps where none was taken. */
  record Commit(
      StepIdentity identity,
      Digest lineage,
      @Nullable Digest stateDigest,
      JsonNode metrics,
      String incarnation) {}

  /** The stored row; the last five are null until committed. */
  record Step(
      StepIdentity identity,
      Digest parentLineage,
      Digest batchDigest,
      @Nullable Digest rolloutDigest,
      @Nullable Digest scoreDigest,
      List<List<Integer>> microBatches,
      State state,
      int attempts,
      boolean superseded,
      long token,
      @Nullable Digest lineage,
      @Nullable Digest stateDigest,
      @Nullable JsonNode metrics,
      @Nullable String incarnation) {
    public Step {
      microBatches = microBatches.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Plans a step at the head of the live path. A repeat with the same parent, batch, rollout and
   * score returns the stored row, micro-batches as stored, and counts the attempt.
   *
   * @throws dev.sightline.foundation.SightlineException STEP_CONFLICT when the identity has another
   *     batch or parent, its branch is superseded, or the parent is not the head; STALE_TOKEN
   */
  Step plan(NewStep step, long token);

  /**
   * Gives a planned step another batch, the same completions in smaller micro-batches; a repeat
   * changes nothing.
   *
   * @param batchBefore what is planned now
   * @throws dev.sightline.foundation.SightlineException STEP_CONFLICT when the step is not planned,
   *     superseded, committed, or planned with a third batch; STALE_TOKEN
   */
  Step replan(
      StepIdentity identity,
      Digest batchBefore,
      Digest batch,
      List<List<Integer>> microBatches,
      long token);

  /**
   * Commits a planned step; an equal repeat returns the stored row.
   *
   * @throws dev.sightline.foundation.SightlineException STALE_TOKEN when the run has a higher
   *     token, STEP_CONFLICT when the step is not planned, superseded, or committed with another
   *     lineage, STATE_DIVERGED when it was committed with another state digest
   */
  Step commit(Commit commit, long token);

  Optional<Step> find(StepIdentity identity);

  /** The live planned step that waits for its commit. */
  Optional<Step> pending(String run);

  /** The last committed live step; empty at the base. */
  Optional<Step> last(String run);

  /** When the last live steps were committed, the newest first; for people, never for results. */
  List<Instant> lastCommits(String run, int limit);

  /** The committed live path from the first step to the head. */
  List<Step> liveSteps(String run);

  /**
   * The committed live steps after one lineage up to and with another: what a replay applies.
   *
   * @param after the base lineage of the run or a live step's
   * @throws dev.sightline.foundation.SightlineException STORE_CONFLICT when a lineage is not on the
   *     live path, or {@code upTo} lies before {@code after}; UNKNOWN_TARGET
   */
  List<Step> liveSteps(String run, Digest after, Digest upTo);
}
