package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Experiments that were submitted: one row per id {@code <name>-<12 hex of the digest>}. */
public interface ExperimentStore {
  /** Where an experiment stands. */
  enum State {
    SUBMITTED,
    RUNNING,
    PAUSED,
    WAITING_FOR_POLICY,
    WAITING_FOR_OPERATOR,
    COMPLETED,
    FAILED,
    ABORTED
  }

  /** A resolved experiment. {@code spec} can change numbers, {@code operations} cannot. */
  record NewExperiment(String id, String name, Digest digest, JsonNode spec, JsonNode operations) {}

  /** The stored row. Times are for people only. */
  record Experiment(
      String id,
      String name,
      Digest digest,
      JsonNode spec,
      JsonNode operations,
      State state,
      String stage,
      @Nullable String reason,
      @Nullable Digest resultsDigest,
      @Nullable Digest reportDigest,
      Instant createdAt,
      Instant updatedAt) {}

  /** {@code created} is false when the experiment was there before. */
  record Submission(Experiment experiment, boolean created) {}

  /**
   * Stores the experiment, or finds the one that has this id and digest; the stored operations are
   * replaced, for they change no numbers.
   *
   * @throws dev.sightline.foundation.SightlineException STORE_CONFLICT when the id has another
   *     digest
   */
  Submission submit(NewExperiment experiment);

  /**
   * Sets where the experiment stands; {@code reason} is null when there is none.
   *
   * @throws dev.sightline.foundation.SightlineException UNKNOWN_TARGET
   */
  void update(String id, State state, String stage, @Nullable String reason);

  /**
   * Records the artifacts of {@code results} and of the whole report; the last call wins.
   *
   * @throws dev.sightline.foundation.SightlineException UNKNOWN_TARGET
   */
  void publishReport(String id, Digest resultsDigest, Digest reportDigest);

  Optional<Experiment> find(String id);

  /** The newest first. */
  List<Experiment> list(int limit);
}
