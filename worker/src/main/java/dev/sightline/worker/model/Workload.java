package dev.sightline.worker.model;

import dev.sightline.spec.ExperimentSpec;
import org.jspecify.annotations.Nullable;

/**
 * What one optimizer step has to do, in tokens. Every prompt shows one image.
 *
 * @param prompts of a step
 * @param samples completions of a prompt
 * @param microBatch completions that pass forward and back at once, whole groups while they fit
 * @param textTokens of a prompt beside its image
 * @param imageTokens of a prompt, after merging
 * @param completionTokens of the longest completion
 */
public record Workload(
    int prompts,
    int samples,
    int microBatch,
    int textTokens,
    int imageTokens,
    int completionTokens) {
  /** A step begins with this many, cut to whole groups; see TrainBatches of the experiment. */
  private static final int MICRO_BATCH = 128;

  private static final int MERGED_PIXELS = 28;

  public Workload {
    if (prompts < 1 || samples < 1 || microBatch < 1 || completionTokens < 1) {
      throw new IllegalArgumentException("a step has prompts, completions and tokens");
    }
  }

  /** An experiment's step; without one, that of its defaults. */
  public static Workload of(@Nullable ExperimentSpec spec, int textTokens) {
    if (spec == null) {
      return of(16, 8, textTokens, 256, 512);
    }
    ExperimentSpec.ImageSize image = spec.dataset().imageSize();
    ExperimentSpec.Training training = spec.training();
    return of(
        training.promptsPerStep(),
        training.groupSize(),
        textTokens,
        (image.width() / MERGED_PIXELS) * (image.height() / MERGED_PIXELS),
        training.maxNewTokens());
  }

  private static Workload of(
      int prompts, int samples, int textTokens, int imageTokens, int completionTokens) {
    int groups = Math.min(prompts, Math.max(1, MICRO_BATCH / samples));
    return new Workload(
        prompts, samples, groups * samples, textTokens, imageTokens, completionTokens);
  }

  int groups() {
    return Math.ceilDiv(microBatch, samples);
  }

  long promptTokens() {
    return textTokens + (long) imageTokens;
  }

  /** Half of the completions at once, as the worker does where memory runs out. */
  Workload halved() {
    return new Workload(
        prompts, samples, Math.ceilDiv(microBatch, 2), textTokens, imageTokens, completionTokens);
  }
}
