package dev.sightline.triton.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One supervised optimizer step.
 *
 * @param learningRate of this very step
 * @param completions target texts; the server adds the end token
 * @param microBatches indices into {@code completions}, each once
 */
public record FitPayload(
    StepIdentity identity,
    double learningRate,
    double maxGradientNorm,
    List<Prompt> prompts,
    List<Target> completions,
    List<List<Integer>> microBatches)
    implements PolicyJob.WithPayload {
  public FitPayload {
    prompts = List.copyOf(prompts);
    completions = List.copyOf(completions);
    microBatches = MicroBatches.checked(microBatches, completions.size());
  }

  /** What the policy should have said to a prompt. */
  public record Target(String prompt, String text) {}

  @Override
  public JobKind kind() {
    return JobKind.FIT;
  }

  @Override
  public Map<String, @Nullable Object> toTree() {
    return Trees.of(
        "identity",
        identity.toTree(),
        "learningRate",
        learningRate,
        "maxGradientNorm",
        maxGradientNorm,
        "prompts",
        Prompt.trees(prompts),
        "completions",
        completions.stream()
            .map(target -> Trees.of("prompt", target.prompt(), "text", target.text()))
            .toList(),
        "microBatches",
        microBatches);
  }
}
