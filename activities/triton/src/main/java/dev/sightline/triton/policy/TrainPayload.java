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
    PolicyLoss loss,
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
    for (WeightedCompletion completion : completions) {
      if ((completion.referenceLogProbs() != null) != (loss.kl() != null)) {
        throw new IllegalArgumentException(
            "reference log-probabilities go with a loss that has a kl, and only with it");
      }
    }
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
   * @param masked gives no gradient; counts among the completions
   * @param referenceLogProbs the start's, one for each token; null without a kl
   */
  public record WeightedCompletion(
      String prompt,
      int sample,
      List<Integer> tokens,
      List<Double> logProbs,
      double advantage,
      boolean masked,
      @Nullable List<Double> referenceLogProbs) {
    public WeightedCompletion {
      tokens = List.copyOf(tokens);
      logProbs = List.copyOf(logProbs);
      referenceLogProbs = referenceLogProbs == null ? null : List.copyOf(referenceLogProbs);
      advantage = Float.valueOf((float) advantage).doubleValue();
      if (tokens.isEmpty()
          || tokens.size() != logProbs.size()
          || (referenceLogProbs != null && tokens.size() != referenceLogProbs.size())) {
        throw new IllegalArgumentException(
            "completion %d of prompt %s has %d tokens and %d log-probabilities; give one for each"
                .formatted(sample, prompt, tokens.size(), logProbs.size()));
      }
      if (!Double.isFinite(advantage)) {
        throw new IllegalArgumentException(
            "completion " + sample + " of prompt " + prompt + " has a non-finite advantage");
      }
    }

    /** One that is trained on, without a reference. */
    public WeightedCompletion(
        String prompt, int sample, List<Integer> tokens, List<Double> logProbs, double advantage) {
      this(prompt, sample, tokens, logProbs, advantage, false, null);
    }

    Map<String, @Nullable Object> toTree() {
      Map<String, @Nullable Object> tree =
          Trees.of(
              "prompt", prompt,
              "sample", sample,
              "tokens", tokens,
              "logProbs", logProbs,
              "advantage", advantage);
      Trees.putGiven(tree, "masked", masked ? true : null);
      Trees.putGiven(tree, "referenceLogProbs", referenceLogProbs);
      return tree;
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
