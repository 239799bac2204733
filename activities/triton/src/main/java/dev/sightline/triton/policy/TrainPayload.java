package dev.sightline.triton.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One optimizer step on sampled completions.
 *
 * @param temperature at which they were sampled
 * @param learningRate of this very step; the schedule lives on our side
 * @param microBatches indices into {@code completions}, each once; replayed as written
 */
public record TrainPayload(
    StepIdentity identity,
    ClippedLoss loss,
    double temperature,
    double learningRate,
    double maxGradientNorm,
    ZeroAdvantage zeroAdvantage,
    List<Prompt> prompts,
    List<WeightedCompletion> completions,
    List<List<Integer>> microBatches)
    implements PolicyJob.WithPayload {
  public TrainPayload {
    prompts = List.copyOf(prompts);
    completions = List.copyOf(completions);
    microBatches = MicroBatches.checked(microBatches, completions.size());
  }

  /** What a step does whose advantages are all exactly 0; the lineage advances either way. */
  public enum ZeroAdvantage {
    APPLY("apply"),
    SKIP("skip");

    private final String wireName;

    ZeroAdvantage(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /**
   * A sampled completion with its weight.
   *
   * @param logProbs the sampler's own, one for each token
   * @param advantage rounded to a float32 value, as the protocol carries numbers
   */
  public record WeightedCompletion(
      String prompt, int sample, List<Integer> tokens, List<Double> logProbs, double advantage) {
    public WeightedCompletion {
      tokens = List.copyOf(tokens);
      logProbs = List.copyOf(logProbs);
      advantage = Float.valueOf((float) advantage).doubleValue();
      if (tokens.isEmpty() || tokens.size() != logProbs.size()) {
        throw new IllegalArgumentException(
            "completion %d of prompt %s has %d tokens and %d log-probabilities; give one for each"
                .formatted(sample, prompt, tokens.size(), logProbs.size()));
      }
      if (!Double.isFinite(advantage)) {
        throw new IllegalArgumentException(
            "completion " + sample + " of prompt " + prompt + " has a non-finite advantage");
      }
    }

    Map<String, @Nullable Object> toTree() {
      return Trees.of(
          "prompt", prompt,
          "sample", sample,
          "tokens", tokens,
          "logProbs", logProbs,
          "advantage", advantage);
    }
  }

  @Override
  public JobKind kind() {
    return JobKind.TRAIN;
  }

  @Override
  public Map<String, @Nullable Object> toTree() {
    return Trees.of(
        "identity", identity.toTree(),
        "loss", loss.toTree(),
        "temperature", temperature,
        "learningRate", learningRate,
        "maxGradientNorm", maxGradientNorm,
        "zeroAdvantage", zeroAdvantage.wireName(),
        "prompts", Prompt.trees(prompts),
        "completions", completions.stream().map(WeightedCompletion::toTree).toList(),
        "microBatches", microBatches);
  }
}
