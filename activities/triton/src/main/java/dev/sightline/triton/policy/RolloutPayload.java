package dev.sightline.triton.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ask for completions.
 *
 * @param samples completions for each prompt
 * @param sampleSeeds one list for each prompt with one seed for each sample; null only when greedy
 * @param temperature 0 is greedy
 * @param stop a completion ends with the first of these
 * @param atStart by the weights that the run was opened with, wherever it stands now
 */
public record RolloutPayload(
    List<Prompt> prompts,
    int samples,
    @Nullable List<List<Long>> sampleSeeds,
    double temperature,
    int maxNewTokens,
    List<String> stop,
    boolean atStart)
    implements PolicyJob.WithPayload {
  public RolloutPayload {
    prompts = List.copyOf(prompts);
    stop = List.copyOf(stop);
    if (prompts.isEmpty() || samples < 1 || maxNewTokens < 1 || temperature < 0) {
      throw new IllegalArgumentException(
          "a rollout needs prompts, samples >= 1, maxNewTokens >= 1 and temperature >= 0");
    }
    if (sampleSeeds == null) {
      if (temperature > 0) {
        throw new IllegalArgumentException("a rollout above temperature 0 needs sample seeds");
      }
    } else {
      sampleSeeds = sampleSeeds.stream().map(List::copyOf).toList();
      int wanted = samples;
      if (sampleSeeds.size() != prompts.size()
          || sampleSeeds.stream().anyMatch(seeds -> seeds.size() != wanted)) {
        throw new IllegalArgumentException(
            "sample seeds must be one list for each prompt with one seed for each sample");
      }
    }
  }

  /** By the policy as it stands. */
  public RolloutPayload(
      List<Prompt> prompts,
      int samples,
      @Nullable List<List<Long>> sampleSeeds,
      double temperature,
      int maxNewTokens,
      List<String> stop) {
    this(prompts, samples, sampleSeeds, temperature, maxNewTokens, stop, false);
  }

  @Override
  public JobKind kind() {
    return JobKind.ROLLOUT;
  }

  @Override
  public Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> tree =
        Trees.of(
            "prompts", Prompt.trees(prompts),
            "samples", samples,
            "sampleSeeds", seedTexts(),
            "temperature", temperature,
            "maxNewTokens", maxNewTokens,
            "stop", stop);
    if (atStart) {
      tree.put("weights", "start");
    }
    return tree;
  }

  /** As text: a 64-bit integer does not survive as a JSON number. */
  private @Nullable List<List<String>> seedTexts() {
    return sampleSeeds == null
        ? null
        : sampleSeeds.stream()
            .map(seeds -> seeds.stream().map(seed -> Long.toString(seed)).toList())
            .toList();
  }
}
