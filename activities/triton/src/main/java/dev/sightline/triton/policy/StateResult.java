package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;

/** Where a {@code restore} or {@code reset} left the run. */
public record StateResult(Digest lineage, Digest stateDigest) {
  /** Reads a job's result bytes. */
  public static StateResult read(byte[] json) {
    JsonFields root = JsonFields.parse(json, "restore result");
    return new StateResult(root.digest("lineage"), root.digest("stateDigest"));
  }
}
