package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A checkpoint that is on disk.
 *
 * @param checkpoint its id; the same state again has the same id
 * @param files SHA-256 by file name
 */
public record CheckpointResult(
    Digest checkpoint, Digest lineage, Digest stateDigest, long bytes, Map<String, String> files) {
  public CheckpointResult {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** Reads a job's result bytes. */
  public static CheckpointResult read(byte[] json) {
    JsonFields root = JsonFields.parse(json, "checkpoint result");
    return new CheckpointResult(
        root.digest("checkpoint"),
        root.digest("lineage"),
        root.digest("stateDigest"),
        root.count("bytes"),
        root.texts("files"));
  }
}
