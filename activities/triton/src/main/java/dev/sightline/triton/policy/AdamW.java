package dev.sightline.triton.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The optimizer that a run is opened with; the learning rate comes with each step.
 *
 * @param eightBit that the moments are held in 8 bits
 */
public record AdamW(
    double beta1, double beta2, double epsilon, double weightDecay, boolean eightBit) {
  /** With moments of 32 bits. */
  public AdamW(double beta1, double beta2, double epsilon, double weightDecay) {
    this(beta1, beta2, epsilon, weightDecay, false);
  }

  public static AdamW standard() {
    return new AdamW(0.9, 0.999, 1e-8, 0.0);
  }

  Map<String, @Nullable Object> toTree() {
    return Trees.of(
        "kind",
        eightBit ? "adamw_8bit" : "adamw",
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
