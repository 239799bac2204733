package dev.sightline.triton.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ask for the log-probabilities of given tokens.
 *
 * @param atStart of the weights that the run was opened with, wherever it stands now
 */
public record ScorePayload(
    List<Prompt> prompts, List<TokenSequence> completions, double temperature, boolean atStart)
    implements PolicyJob.WithPayload {
  public ScorePayload {
    prompts = List.copyOf(prompts);
    completions = List.copyOf(completions);
    if (temperature <= 0) {
      throw new IllegalArgumentException("scoring needs a temperature above 0, not " + temperature);
    }
  }

  /** Tokens of one completion of a prompt. */
  public record TokenSequence(String prompt, List<Integer> tokens) {
    public TokenSequence {
      tokens = List.copyOf(tokens);
    }
  }

  @Override
  public JobKind kind() {
    return JobKind.SCORE;
  }

  @Override
  public Map<String, @Nullable Object> toTree() {
    return Trees.of(
        "prompts",
        Prompt.trees(prompts),
        "completions",
        completions.stream()
            .map(c -> Trees.of("prompt", c.prompt(), "tokens", c.tokens()))
            .toList(),
        "temperature",
        temperature,
        "weights",
        atStart ? "start" : "current");
  }
}
