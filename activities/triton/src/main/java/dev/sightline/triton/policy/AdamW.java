package dev.sightline.triton.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The optimizer that a run is opened with; the learning rate comes with each step. */
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay) {
  public static AdamW standard() {
    return new AdamW(0.9, 0.999, 1e-8, 0.0);
  }

  Map<String, @Nullable Object> toTree() {
    return Trees.of(
        "kind",
        "adamw",
        "beta1",
        beta1,
        "beta2",
        beta2,
        "epsilon",
        epsilon,
        "weightDecay",
        weightDecay);
  }
}
