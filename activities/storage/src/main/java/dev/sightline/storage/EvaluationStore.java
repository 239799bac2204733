package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Evaluations and their item rows. The first row of an item wins, so that repeats change nothing.
 */
public interface EvaluationStore {
  /** Whether the summary is there. */
  enum State {
    OPEN,
    PUBLISHED
  }

  /**
   * An evaluation to open; without {@code checkpoint} it is of a run's base or a provider's model.
   */
  record NewEvaluation(
      Digest digest, @Nullable String run, @Nullable Digest checkpoint, JsonNode spec) {}

  /** The stored row; {@code summary} is null until published. */
  record Evaluation(
      Digest digest,
      @Nullable String run,
      @Nullable Digest checkpoint,
      JsonNode spec,
      State state,
      @Nullable JsonNode summary) {}

  /**
   * One thing asked: {@code variant} is the way of asking within the evaluation (mode, template,
   * question or sample, as the caller spells it), {@code item} the data set's item id.
   */
  record ItemKey(String variant, String item) {}

  /**
   * An answer. {@code ordinal} is the item's place within its variant; {@code body} holds parsed
   * facts and verdicts, in the caller's words.
   */
  record ItemRow(ItemKey key, int ordinal, String completion, List<Integer> tokens, JsonNode body) {
    public ItemRow {
      tokens = List.copyOf(tokens);
    }
  }

  /**
   * What became of a batch of rows: {@code different} lists items that had another answer before,
   * which stayed.
   */
  record PutOutcome(int inserted, int repeated, List<ItemKey> different) {
    public PutOutcome {
      different = List.copyOf(different);
    }
  }

  /**
   * Creates the row, or finds it.
   *
   * @throws dev.sightline.foundation.SightlineException STORE_CONFLICT when the digest is known
   *     with another run or checkpoint
   */
  Evaluation open(NewEvaluation evaluation);

  /** Those of the wanted items that have no row yet, in the order given. */
  List<ItemKey> missing(Digest evaluation, Collection<ItemKey> wanted);

  /**
   * Stores rows; the first row of an item wins.
   *
   * @throws dev.sightline.foundation.SightlineException STORE_CONFLICT when the evaluation is
   *     published and a row is new, or an ordinal is taken by another item; UNKNOWN_TARGET
   */
  PutOutcome put(Digest evaluation, Collection<ItemRow> rows);

  /** All rows by variant, then ordinal. */
  List<ItemRow> rows(Digest evaluation);

  /** The rows of one variant by ordinal. */
  List<ItemRow> rows(Digest evaluation, String variant);

  /**
   * Publishes the summary: the first wins, an equal repeat finds it.
   *
   * @throws dev.sightline.foundation.SightlineException STORE_CONFLICT when another one was
   *     published, UNKNOWN_TARGET
   */
  Evaluation publish(Digest evaluation, JsonNode summary);

  Optional<Evaluation> find(Digest evaluation);

  /** The evaluations of a run by digest. */
  List<Evaluation> list(String run);
}
