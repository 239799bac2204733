package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Training runs with their branches and rounds. Writes that belong to one activity attempt carry
 * its fencing token and are refused with STALE_TOKEN once the run has a higher one.
 */
public interface RunStore {
  /** What a run trains: the shared start, or one arm. */
  enum Phase {
    WARM_START,
    ARM
  }

  /** Where a run stands. */
  enum State {
    CREATED,
    RUNNING,
    PAUSED,
    WAITING_FOR_POLICY,
    WAITING_FOR_OPERATOR,
    COMPLETED,
    FAILED,
    SKIPPED,
    STOPPED
  }

  /** Whether a round lies on the path that leads to the run's head. */
  enum RoundState {
    LIVE,
    SUPERSEDED
  }

  /**
   * A run to create. {@code threads} are the policy's, fixed from then on; {@code baseCheckpoint}
   * is null for random or pretrained weights.
   */
  record NewRun(
      String id,
      Phase phase,
      String experiment,
      String arm,
      long seed,
      Digest specDigest,
      @Nullable Digest baseCheckpoint,
      int threads) {}

  /** The stored row; the base lineage and state are null until the policy first opened the run. */
  record Run(
      String id,
      Phase phase,
      String experiment,
      String arm,
      long seed,
      Digest specDigest,
      @Nullable Digest baseCheckpoint,
      int threads,
      State state,
      @Nullable String reason,
      @Nullable Digest baseLineage,
      @Nullable Digest baseStateDigest,
      @Nullable Digest finalCheckpoint) {}

  /** Branch 0 is opened with the run and has no parent. */
  record Branch(
      String run,
      int branch,
      @Nullable Integer parentBranch,
      @Nullable Digest parentLineage,
      int openedFromRound,
      String reason) {}

  /** {@code endLineage} and {@code metrics} are null until the round ends. */
  record Round(
      String run,
      int branch,
      int round,
      Digest parentLineage,
      @Nullable Digest endLineage,
      RoundState state,
      @Nullable JsonNode metrics) {}

  /**
   * The end of the live path. Before the first step: step 0 (so real steps count from 1), the base
   * lineage and the base state.
   */
  record Head(
      String run, int branch, int round, int step, Digest lineage, @Nullable Digest stateDigest) {}

  /**
   * Creates the run with branch 0, or finds it.
   *
   * @throws dev.sightline.foundation.SightlineException STORE_CONFLICT when the id has another spec
   *     digest, base checkpoint or phase
   */
  Run createOrGet(NewRun run);

  /**
   * Records what {@code open} answered: the lineage and state before any step. A repeat must be
   * equal.
   *
   * @throws dev.sightline.foundation.SightlineException STATE_DIVERGED when it is not (another
   *     numeric environment or other weights), UNKNOWN_TARGET, STALE_TOKEN
   */
  Run recordBase(String run, Digest lineage, Digest stateDigest, long token);

  /**
   * Sets where the run stands.
   *
   * @throws dev.sightline.foundation.SightlineException UNKNOWN_TARGET
   */
  void update(String run, State state, @Nullable String reason);

  /**
   * Marks the run COMPLETED at a checkpoint.
   *
   * @throws dev.sightline.foundation.SightlineException UNKNOWN_TARGET, STALE_TOKEN
   */
  void complete(String run, Digest finalCheckpoint, long token);

  Optional<Run> find(String run);

  /** The runs of an experiment by id. */
  List<Run> list(String experiment);

  /**
   * Begins a round at a lineage of the live path. When the live path goes on beyond it (the
   * workflow was reset), later steps and rounds are marked superseded and a new branch opens, in
   * the same transaction. A repeat finds the round.
   *
   * @param reason why, for people, should a branch open
   * @throws dev.sightline.foundation.SightlineException STORE_CONFLICT when the lineage is not on
   *     the live path, UNKNOWN_TARGET, STALE_TOKEN
   */
  Round beginRound(String run, int round, Digest parentLineage, String reason, long token);

  /**
   * Ends a live round; an equal repeat changes nothing.
   *
   * @throws dev.sightline.foundation.SightlineException STEP_CONFLICT when it ended elsewhere or is
   *     superseded, UNKNOWN_TARGET, STALE_TOKEN
   */
  Round endRound(
      String run, int branch, int round, Digest endLineage, JsonNode metrics, long token);

  /**
   * The end of the live path.
   *
   * @throws dev.sightline.foundation.SightlineException UNKNOWN_TARGET when there is no such run or
   *     its base is not recorded yet
   */
  Head head(String run);

  /** The live rounds in order. */
  List<Round> liveRounds(String run);

  /** All branches in order. */
  List<Branch> branches(String run);
}
