package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;
import org.jspecify.annotations.Nullable;

/**
 * What one {@code train} or {@code fit} step did.
 *
 * @param batchDigest of the payload
 * @param stateDigest over weights and optimizer afterwards
 * @param skipped all advantages were 0 and the payload said skip: weights and optimizer are as
 *     before
 */
public record StepResult(
    Digest lineageBefore,
    Digest lineage,
    Digest batchDigest,
    Digest stateDigest,
    boolean skipped,
    Metrics metrics) {
  /**
   * Numbers of a step.
   *
   * @param gradientNorm before clipping
   * @param clipShare share of tokens whose ratio was clipped; the sum of the next two
   * @param clipLowShare share clipped from below
   * @param clipHighShare share clipped from above
   * @param kl mean estimate of the divergence from the start; null without one in the loss
   * @param meanCorrection mean importance weight; null without a correction
   */
  public record Metrics(
      double loss,
      double gradientNorm,
      double learningRate,
      long tokens,
      double clipShare,
      double clipLowShare,
      double clipHighShare,
      double meanRatio,
      double maxRatio,
      @Nullable Double kl,
      @Nullable Double meanCorrection,
      double entropy,
      int microBatches) {}

  /** Reads a job's result bytes. */
  public static StepResult read(byte[] json) {
    JsonFields root = JsonFields.parse(json, "step result");
    JsonFields metrics = root.object("metrics");
    return new StepResult(
        root.digest("lineageBefore"),
        root.digest("lineage"),
        root.digest("batchDigest"),
        root.digest("stateDigest"),
        root.flag("skipped"),
        new Metrics(
            metrics.number("loss").doubleValue(),
            metrics.number("gradientNorm").doubleValue(),
            metrics.number("learningRate").doubleValue(),
            metrics.count("tokens"),
            metrics.number("clipShare").doubleValue(),
            metrics.number("clipLowShare").doubleValue(),
            metrics.number("clipHighShare").doubleValue(),
            metrics.number("meanRatio").doubleValue(),
            metrics.number("maxRatio").doubleValue(),
            metrics.optionalNumber("kl"),
            metrics.optionalNumber("meanCorrection"),
            metrics.number("entropy").doubleValue(),
            metrics.whole("microBatches")));
  }
}
