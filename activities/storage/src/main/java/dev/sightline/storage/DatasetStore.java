package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Data sets by the digest of their spec. The published row is the truth, not the workflow. */
public interface DatasetStore {
  /** Whether the manifest is there. */
  enum State {
    GENERATING,
    PUBLISHED
  }

  /** {@code manifestDigest} is null and {@code counts} (items by split) empty until published. */
  record Dataset(
      Digest digest,
      JsonNode spec,
      State state,
      @Nullable Digest manifestDigest,
      SortedMap<String, Integer> counts) {}

  /** Creates the row, or finds it. */
  Dataset open(Digest digest, JsonNode spec);

  /**
   * Publishes in one row: the first wins, an equal repeat finds it.
   *
   * @throws dev.sightline.foundation.SightlineException STORE_CONFLICT when another manifest was
   *     published (generation is then not a function of the spec), UNKNOWN_TARGET when not opened
   */
  Dataset publish(Digest digest, Digest manifestDigest, Map<String, Integer> counts);

  Optional<Dataset> find(Digest digest);
}
