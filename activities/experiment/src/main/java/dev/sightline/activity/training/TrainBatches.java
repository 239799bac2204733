package dev.sightline.activity.training;

import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.ZeroAdvantage;
import dev.sightline.triton.policy.RolloutResult;
import dev.sightline.triton.policy.ScorePayload;
import dev.sightline.triton.policy.ScoreResult;
import dev.sightline.triton.policy.StepIdentity;
import dev.sightline.triton.policy.TrainPayload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a policy-gradient step is made of: the rollout, its advantages, and the loss's needs. */
final class TrainBatches {
  /**
   * Completions of a micro-batch; the ledger's plan is what is replayed, whatever this says later.
   */
  private static final int MICRO_BATCH = 128;

  private TrainBatches() {}

  /**
   * @param plan of the rollout
   * @param reference the start's log-probabilities of the rollout's completions; null without a kl
   */
  static TrainPayload payload(
      StepIdentity identity,
      TrainingContext context,
      RolloutPlan plan,
      RolloutResult rollout,
      StepScores scores,
      @Nullable ScoreResult reference,
      int step) {
    ExperimentSpec.Training training = context.spec().training();
    boolean masksTruncated = Losses.masksTruncated(training);
    List<TrainPayload.WeightedCompletion> completions = new ArrayList<>();
    for (int i = 0; i < rollout.completions().size(); i++) {
      RolloutResult.Completion completion = rollout.completions().get(i);
      completions.add(
          new TrainPayload.WeightedCompletion(
              completion.prompt(),
              completion.sample(),
              completion.tokens(),
              completion.logProbs(),
              scores.advantages().get(i),
              masksTruncated && completion.finish() == RolloutResult.Finish.LENGTH,
              reference == null ? null : reference.completions().get(i).logProbs()));
    }
    return new TrainPayload(
        identity,
        Losses.of(training),
        training.temperature(),
        context.learningRate(step),
        training.maxGradientNorm(),
        training.zeroAdvantage() == ZeroAdvantage.SKIP
            ? TrainPayload.ZeroAdvantage.SKIP
            : TrainPayload.ZeroAdvantage.APPLY,
        plan.payload().prompts(),
        completions,
        microBatches(completions.size(), training.groupSize()));
  }

  /** Asks for how likely the start finds the completions of a rollout. */
  static ScorePayload atStart(TrainingContext context, RolloutPlan plan, RolloutResult rollout) {
    return new ScorePayload(
        plan.payload().prompts(),
        rollout.completions().stream()
            .map(c -> new ScorePayload.TokenSequence(c.prompt(), c.tokens()))
            .toList(),
        context.spec().training().temperature(),
        true);
  }

  /** Whole groups together, so that a prompt is encoded once. */
  private static List<List<Integer>> microBatches(int completions, int groupSize) {
    int size = Math.max(1, MICRO_BATCH / groupSize) * groupSize;
    List<List<Integer>> plan = new ArrayList<>();
    for (int first = 0; first < completions; first += size) {
      List<Integer> batch = new ArrayList<>();
      for (int i = first; i < Math.min(completions, first + size); i++) {
        batch.add(i);
      }
      plan.add(batch);
    }
    return plan;
  }
}
