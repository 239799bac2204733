package dev.sightline.activity.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.activity.dataset.Samples;
import dev.sightline.foundation.Digest;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.LossKind;
import dev.sightline.triton.policy.PolicyLoss;
import dev.sightline.triton.policy.RolloutResult;
import dev.sightline.triton.policy.ScorePayload;
import dev.sightline.triton.policy.ScoreResult;
import dev.sightline.triton.policy.StepIdentity;
import dev.sightline.triton.policy.TrainPayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TrainBatchesTest {
  private static final StepIdentity IDENTITY = new StepIdentity("sample/plain/1", 0, 1, 1);

  private static TrainingContext context(String loss) {
    ExperimentSpec spec =
        Samples.spec(Samples.YAML.replace("groupSize: 4 }", "groupSize: 4, loss: " + loss + " }"));
    return Contexts.arm(spec, "plain", 1);
  }

  /** Every other completion was cut off. */
  private static RolloutResult rollout(TrainingContext context) {
    List<RolloutResult.Completion> completions = new ArrayList<>();
    RolloutPlan.of(context, 0)
        .payload()
        .prompts()
        .forEach(
            prompt -> {
              for (int sample = 0; sample < 4; sample++) {
                completions.add(
                    new RolloutResult.Completion(
                        prompt.id(),
                        sample,
                        "x",
                        List.of(5, 6),
                        List.of(-1.0, -2.0),
                        sample % 2 == 0 ? RolloutResult.Finish.EOS : RolloutResult.Finish.LENGTH));
              }
            });
    Digest digest = Digest.ofText("state");
    return new RolloutResult(completions, digest, digest, 1, 16);
  }

  private static TrainPayload payload(String loss, boolean withReference) {
    TrainingContext context = context(loss);
    RolloutResult rollout = rollout(context);
    List<Double> advantages = rollout.completions().stream().map(c -> 0.5).toList();
    ScoreResult reference =
        new ScoreResult(
            rollout.completions().stream()
                .map(c -> new ScoreResult.Scored(c.prompt(), List.of(-1.5, -2.5)))
                .toList());
    return TrainBatches.payload(
        IDENTITY,
        context,
        RolloutPlan.of(context, 0),
        rollout,
        new StepScores(advantages, Map.of(), List.of()),
        withReference ? reference : null,
        0);
  }

  @ParameterizedTest
  @EnumSource(LossKind.class)
  void everyLossOfTheFileIsOneOfTheServer(LossKind kind) {
    PolicyLoss loss = payload("{ kind: " + kind.wire() + " }", false).loss();
    assertThat(loss.kind().wireName()).isEqualTo(kind.wire());
    assertThat(loss.aggregation().wireName()).isEqualTo(kind.aggregation().wire());
    assertThat(loss.clipLow() != null).isEqualTo(kind.clips());
  }

  @Test
  void truncatedCompletionsAreMaskedWhereTheLossSaysSo() {
    assertThat(payload("{ kind: dapo }", false).completions())
        .allSatisfy(c -> assertThat(c.masked()).isEqualTo(c.sample() % 2 == 1));
    assertThat(payload("{ kind: grpo }", false).completions())
        .noneMatch(TrainPayload.WeightedCompletion::masked);
  }

  @Test
  void aPenaltyBringsTheStartsLogProbabilities() {
    TrainPayload payload = payload("{ kl: { coefficient: 0.04 } }", true);
    assertThat(payload.loss().kl())
        .isEqualTo(new PolicyLoss.Kl(PolicyLoss.Estimator.K3, 0.04, true));
    assertThat(payload.completions())
        .allSatisfy(c -> assertThat(c.referenceLogProbs()).containsExactly(-1.5, -2.5));
    TrainingContext context = context("{ kl: { coefficient: 0.04 } }");
    ScorePayload asked =
        TrainBatches.atStart(context, RolloutPlan.of(context, 0), rollout(context));
    assertThat(asked.atStart()).isTrue();
    assertThat(asked.completions()).hasSize(8);
  }
}
