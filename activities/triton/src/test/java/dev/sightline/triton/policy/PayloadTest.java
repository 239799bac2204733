package dev.sightline.triton.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.Digest;
import dev.sightline.triton.policy.PolicyLoss.Aggregation;
import dev.sightline.triton.policy.TrainPayload.WeightedCompletion;
import dev.sightline.triton.policy.TrainPayload.ZeroAdvantage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadTest {
  private static final StepIdentity IDENTITY = new StepIdentity("run-1", 0, 1, 7);
  private static final Prompt PROMPT =
      Prompt.ofImage("p1", "<image>\nHow many?", new byte[] {1, 2});

  private static TrainPayload train(double advantage, List<List<Integer>> microBatches) {
    return new TrainPayload(
        IDENTITY,
        PolicyLoss.clipped(0.2, 0.2, Aggregation.SEQUENCE_MEAN, null),
        1.0,
        1e-4,
        1.0,
        ZeroAdvantage.APPLY,
        List.of(PROMPT),
        List.of(
            new WeightedCompletion("p1", 0, List.of(5, 6), List.of(-0.5, -0.25), advantage),
            new WeightedCompletion("p1", 1, List.of(7), List.of(-1.0), -advantage)),
        microBatches);
  }

  @Test
  void aTrainPayloadIsCanonicalJson() {
    Payload payload = train(0.1, List.of(List.of(1), List.of(0))).payload();
    assertThat(new String(payload.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"completions":[{"advantage":0.10000000149011612,"logProbs":[-0.5,-0.25],"prompt":"p1",\
            "sample":0,"tokens":[5,6]},{"advantage":-0.10000000149011612,"logProbs":[-1],\
            "prompt":"p1","sample":1,"tokens":[7]}],\
            "identity":{"branch":0,"round":1,"run":"run-1","step":7},"learningRate":0.0001,\
            "loss":{"aggregation":"sequence-mean","clipHigh":0.2,"clipLow":0.2,\
            "constantLength":null,"kind":"grpo"},"maxGradientNorm":1,"microBatches":[[1],[0]],\
            "prompts":[{"assistantPrefix":"","id":"p1","image":"AQI=",\
            "text":"<image>\\nHow many?"}],"temperature":1,"zeroAdvantage":"apply"}""");
    assertThat(payload.digest()).isEqualTo(Digest.of(payload.bytes()));
    assertThat(payload).isEqualTo(Payload.of(payload.bytes()));
  }

  @Test
  void whatCameLaterIsSentOnlyWhereItIsMeant() {
    PolicyLoss loss =
        new PolicyLoss(
            PolicyLoss.Kind.CISPO,
            Aggregation.TOKEN_MEAN,
            null,
            null,
            null,
            5.0,
            null,
            null,
            new PolicyLoss.Kl(PolicyLoss.Estimator.K3, 0.04, true),
            new PolicyLoss.Correction(PolicyLoss.CorrectionMode.TOKEN_TRUNCATE, 3.0));
    TrainPayload payload =
        new TrainPayload(
            IDENTITY,
            loss,
            1.0,
            1e-4,
            1.0,
            ZeroAdvantage.APPLY,
            List.of(PROMPT),
            List.of(
                new WeightedCompletion(
                    "p1", 0, List.of(5), List.of(-0.5), 0.0, true, List.of(-0.75))),
            List.of(List.of(0)));
    assertThat(new String(payload.payload().bytes(), StandardCharsets.UTF_8))
        .contains(
            """
            "completions":[{"advantage":0,"logProbs":[-0.5],"masked":true,"prompt":"p1",\
            "referenceLogProbs":[-0.75],"sample":0,"tokens":[5]}]""")
        .contains(
            """
            "loss":{"aggregation":"token-mean","clipHigh":null,"clipLow":null,\
            "constantLength":null,"correction":{"cap":3,"mode":"token-truncate"},"kind":"cispo",\
            "kl":{"coefficient":0.04,"estimator":"k3","weighted":true},"ratioCap":5}""");
  }

  @Test
  void seedsAreTextSinceTheyDoNotFitAJsonNumber() {
    RolloutPayload rollout =
        new RolloutPayload(
            List.of(PROMPT), 2, List.of(List.of(Long.MIN_VALUE, 1L)), 1.0, 8, List.of("</answer>"));
    assertThat(new String(rollout.payload().bytes(), StandardCharsets.UTF_8))
        .contains("\"sampleSeeds\":[[\"-9223372036854775808\",\"1\"]]");
  }

  @Test
  void aRolloutSaysWhoseWeightsOnlyWhereTheyAreNotThePresentOnes() {
    RolloutPayload current = new RolloutPayload(List.of(PROMPT), 1, null, 0, 8, List.of());
    RolloutPayload start = new RolloutPayload(List.of(PROMPT), 1, null, 0, 8, List.of(), true);
    assertThat(current.toTree()).doesNotContainKey("weights");
    assertThat(start.toTree()).containsEntry("weights", "start");
  }

  @Test
  void wrongPayloadsAreRefusedHere() {
    assertThatThrownBy(() -> train(0.1, List.of(List.of(0)))).hasMessageContaining("each of the 2");
    assertThatThrownBy(() -> train(0.1, List.of(List.of(0, 0, 1)))).hasMessageContaining("once");
    assertThatThrownBy(() -> train(0.1, List.of(List.of(0, 2)))).hasMessageContaining("outside");
    assertThatThrownBy(() -> train(Double.NaN, List.of(List.of(0, 1))))
        .hasMessageContaining("non-finite");
    assertThatThrownBy(() -> Prompt.ofText("p", "see <image>")).hasMessageContaining("nowhere");
    assertThatThrownBy(() -> Prompt.ofImage("p", "<image><image>", new byte[1]))
        .hasMessageContaining("exactly once");
    assertThatThrownBy(() -> new RolloutPayload(List.of(PROMPT), 1, null, 1.0, 8, List.of()))
        .hasMessageContaining("seeds");
    assertThatThrownBy(() -> PolicyLoss.clipped(0.2, 0.2, Aggregation.CONSTANT, null))
        .hasMessageContaining("constantLength");
    assertThatThrownBy(
            () ->
                new PolicyLoss(
                    PolicyLoss.Kind.SAPO,
                    Aggregation.SEQUENCE_MEAN,
                    0.2,
                    0.2,
                    null,
                    null,
                    1.0,
                    1.05,
                    null,
                    null))
        .hasMessage("clipLow does not go with sapo");
  }
}
