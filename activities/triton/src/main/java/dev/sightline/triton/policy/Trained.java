package dev.sightline.triton.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run trains of its model. A request without it trains what its base holds. */
public sealed interface Trained {
  Map<String, @Nullable Object> toTree();

  /** All weights but the vision tower's. */
  record FrozenTower() implements Trained {
    @Override
    public Map<String, @Nullable Object> toTree() {
      return Trees.of("kind", "full", "visionTower", "frozen");
    }
  }

  /**
   * A low-rank adapter on the text tower, over weights that runs on one base share.
   *
   * @param targets names of layers, such as {@code q_proj}
   * @param seed of the adapter's first values
   */
  record Lora(int rank, double alpha, List<String> targets, long seed) implements Trained {
    public Lora {
      targets = List.copyOf(targets);
    }

    @Override
    public Map<String, @Nullable Object> toTree() {
      return Trees.of(
          "kind",
          "lora",
          "rank",
          rank,
          "alpha",
          alpha,
          "targets",
          targets,
          "seed",
          Long.toString(seed),
          "visionTower",
          "frozen");
    }
  }
}
