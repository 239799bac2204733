package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Make a run's policy live in the server's memory.
 *
 * @param baseCheckpoint a checkpoint to start from, or null for the model's own initialisation
 * @param runDigest of what defines the run; goes into L0
 * @param trained null for what the base holds: its adapter, else all weights
 */
public record OpenRequest(
    PolicyModel model,
    @Nullable Digest baseCheckpoint,
    AdamW optimizer,
    Digest runDigest,
    @Nullable Trained trained) {
  /** A run that trains what its base holds. */
  public OpenRequest(
      PolicyModel model, @Nullable Digest baseCheckpoint, AdamW optimizer, Digest runDigest) {
    this(model, baseCheckpoint, optimizer, runDigest, null);
  }

  Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> tree =
        Trees.of(
            "model",
            model.toTree(),
            "base",
            baseCheckpoint == null ? null : Trees.of("checkpoint", baseCheckpoint),
            "optimizer",
            optimizer.toTree(),
            "runDigest",
            runDigest);
    Trees.putGiven(tree, "trained", trained == null ? null : trained.toTree());
    return tree;
  }
}
