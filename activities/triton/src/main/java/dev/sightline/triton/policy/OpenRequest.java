package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Make a run's policy live in the server's memory.
 *
 * @param baseCheckpoint a checkpoint to start from, or null for the model's own initialisation
 * @param runDigest of what defines the run; goes into L0
 */
public record OpenRequest(
    PolicyModel model, @Nullable Digest baseCheckpoint, AdamW optimizer, Digest runDigest) {
  Map<String, @Nullable Object> toTree() {
    return Trees.of(
        "model",
        model.toTree(),
        "base",
        baseCheckpoint == null ? null : Trees.of("checkpoint", baseCheckpoint),
        "optimizer",
        optimizer.toTree(),
        "runDigest",
        runDigest);
  }
}
