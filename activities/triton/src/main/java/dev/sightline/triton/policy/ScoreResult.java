package dev.sightline.triton.policy;

import java.util.List;

/** Log-probabilities in the order of the payload's completions. */
public record ScoreResult(List<Scored> completions) {
  public ScoreResult {
    completions = List.copyOf(completions);
  }

  /** One log-probability for each token. */
  public record Scored(String prompt, List<Double> logProbs) {
    public Scored {
      logProbs = List.copyOf(logProbs);
    }
  }

  /** Reads a job's result bytes. */
  public static ScoreResult read(byte[] json) {
    return new ScoreResult(
        JsonFields.parse(json, "score result").objects("completions").stream()
            .map(c -> new Scored(c.text("prompt"), c.numbers("logProbs")))
            .toList());
  }
}
