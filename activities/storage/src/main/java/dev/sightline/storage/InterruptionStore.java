package dev.sightline.storage;

import dev.sightline.foundation.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a run did not go through at once: completions that were begun on a policy server, returns
 * of its policy, effects that took more than one attempt. For the report's account of it, never for
 * results.
 */
public interface InterruptionStore {
  /**
   * One draw of completions on one incarnation of a policy server.
   *
   * @param step that they are for, as the ledger counts
   * @param wave 0 for the step's own draw, then how often groups were sampled again
   */
  record DrawIdentity(String run, int branch, int round, int step, int wave, String incarnation) {}

  /**
   * How far completions were when somebody looked, in the order of the rollout.
   *
   * @param lengths tokens of each that was begun; the last ones may be missing
   * @param growing indices of those that were not over
   */
  record Look(List<Integer> lengths, List<Integer> growing) {
    public Look {
      lengths = List.copyOf(lengths);
      growing = List.copyOf(growing);
      int begun = lengths.size();
      if (growing.stream().anyMatch(index -> index < 0 || index >= begun)) {
        throw new IllegalArgumentException(growing + " grow of " + begun + " completions");
      }
    }
  }

  /**
   * A stored draw.
   *
   * @param samples completions asked for
   * @param look null when nobody saw any
   * @param rollout where they are stored; null when they never came
   */
  record Draw(DrawIdentity identity, int samples, @Nullable Look look, @Nullable Digest rollout) {}

  /**
   * A policy brought back to where its run stood.
   *
   * @param round the newest live one then
   * @param restored whether a checkpoint or the base was gone back to
   * @param replayed steps made again from stored batches
   */
  record Return(
      String run,
      int branch,
      int round,
      long token,
      Digest lineage,
      boolean restored,
      int replayed) {}

  /**
   * An effect that stood after more than one attempt.
   *
   * @param step steps that were done before it
   * @param attempt the one after which it stood, from 2
   */
  record Repeated(String run, int branch, int round, long step, String activity, int attempt) {}

  /**
   * Notes that a server begins a draw; a repeat changes nothing.
   *
   * @throws dev.sightline.foundation.SightlineException STALE_TOKEN
   */
  void drawing(DrawIdentity draw, int samples, long token);

  /** Notes how far a draw is; one that has come stays as it came. */
  void looked(DrawIdentity draw, Look look);

  /**
   * Notes a draw whose completions are stored; a repeat changes nothing.
   *
   * @param lengths tokens of each completion
   * @throws dev.sightline.foundation.SightlineException STALE_TOKEN
   */
  void drawn(DrawIdentity draw, List<Integer> lengths, Digest rollout, long token);

  /** All draws of a run in the order in which they were begun. */
  List<Draw> draws(String run);

  /**
   * Notes a return in the newest live round; a repeat, and a return before the first round, change
   * nothing.
   *
   * @throws dev.sightline.foundation.SightlineException STALE_TOKEN
   */
  void returned(String run, long token, Digest lineage, boolean restored, int replayed);

  List<Return> returns(String run);

  /**
   * Notes a repeated effect; of several of one name the highest attempt stays.
   *
   * @param branch null for the newest one
   */
  void repeated(
      String run, @Nullable Integer branch, int round, long step, String activity, int attempt);

  List<Repeated> repeated(String run);
}
