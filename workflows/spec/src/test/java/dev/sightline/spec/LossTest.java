package dev.sightline.spec;

import static dev.sightline.spec.Examples.CATALOGS;
import static dev.sightline.spec.Examples.SHORT;
import static dev.sightline.spec.Examples.messages;
import static dev.sightline.spec.Examples.valid;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LossTest {
  private static final SpecReader READER = new SpecReader(CATALOGS);

  private static ExperimentSpec with(String loss) {
    return valid(SHORT + "training: { loss: " + loss + " }\n");
  }

  @ParameterizedTest
  @EnumSource(LossKind.class)
  void aKindBringsItsDefaultsAndKeepsThemWhenReadAgain(LossKind kind) {
    ExperimentSpec spec = with("{ kind: " + kind.wire() + " }");
    assertThat(spec.training().loss().aggregation()).isEqualTo(kind.aggregation());
    assertThat(READER.readTree(SpecWriter.tree(spec)))
        .isInstanceOfSatisfying(
            SpecResult.Valid.class, valid -> assertThat(valid.spec()).isEqualTo(spec));
  }

  @Test
  void theDefaultsAreThoseOfThePapers() {
    assertThat(with("{ kind: dapo }").training().loss())
        .isEqualTo(
            new ExperimentSpec.Loss(
                LossKind.DAPO,
                0.2,
                0.28,
                LossAggregation.TOKEN_MEAN,
                true,
                null,
                null,
                null,
                null,
                null));
    assertThat(with("{ kind: gspo }").training().loss().clipHigh()).isEqualTo(4e-4);
    assertThat(with("{ kind: cispo }").training().loss().ratioCap()).isEqualTo(5.0);
    assertThat(with("{ kind: sapo }").training().loss().temperatureNegative()).isEqualTo(1.05);
    assertThat(with("{ kind: dapo, clipHigh: 0.3, maskTruncated: false }").training().loss())
        .extracting(ExperimentSpec.Loss::clipHigh, ExperimentSpec.Loss::maskTruncated)
        .containsExactly(0.3, false);
  }

  /** What was there before keeps its tree, and so its digest. */
  @Test
  void thePlainLossHasNoNewFields() {
    assertThat(SpecWriter.record(valid(SHORT).training().loss()))
        .containsOnlyKeys("kind", "clipLow", "clipHigh", "aggregation");
    assertThat(SpecDigest.of(with("{ kind: grpo, maskTruncated: false, clipLow: 0.2 }")))
        .isEqualTo(SpecDigest.of(valid(SHORT)));
  }

  @Test
  void aPenaltyAndACorrectionAreAskedFor() {
    ExperimentSpec.Loss loss =
        with("{ kl: { coefficient: 0.04 }, correction: { mode: sequence-truncate } }")
            .training()
            .loss();
    assertThat(loss.kl()).isEqualTo(new ExperimentSpec.Kl(0.04, KlEstimator.K3, true));
    assertThat(loss.correction())
        .isEqualTo(new ExperimentSpec.Correction(CorrectionMode.SEQUENCE_TRUNCATE, 3.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          { kind: ppo }~training.loss.kind: is the text 'ppo'; write one of grpo, dr-grpo
          { kind: dapo, aggregation: constant }~training.loss.aggregation: constant is not that of dapo; leave it out
          { kind: cispo, clipHigh: 0.3 }~training.loss.clipHigh: is not read by cispo; leave it out
          { kind: cispo, ratioCap: }~training.loss.ratioCap: is empty; leave the line out for the default
          { ratioCap: 2 }~training.loss.ratioCap: is not read by grpo; leave it out
          { kind: sapo, temperaturePositive: 0 }~training.loss.temperaturePositive: is 0; write a number from 0.001
          { kl: {} }~training.loss.kl.coefficient: is missing; give a number
          { kl: { coefficient: 0.1, estimator: k4 } }~training.loss.kl.estimator: is the text 'k4'; did you mean
          { correction: { mode: token-mask } }~training.loss.correction.mode: is the text 'token-mask'
          { beta: 0.1 }~training.loss.beta: is not a known field
          """)
  void aWrongLossIsNamedWithItsFix(String loss, String message) {
    assertThat(messages(READER.readYaml("test.yaml", SHORT + "training: { loss: " + loss + " }\n")))
        .singleElement()
        .asString()
        .startsWith("test.yaml:9: " + message);
  }

  private static ExperimentSpec.Loss ofArm(String loss, String set) {
    ExperimentSpec spec =
        valid(
            SHORT.replace(
                    "terms: [ { term: accuracy, weight: 1.0 } ]",
                    "terms: [ { term: accuracy, weight: 1.0 } ]\n    set: { " + set + " }")
                + "training: { loss: "
                + loss
                + " }\n");
    return ArmSettings.of(spec, spec.arms().getFirst()).training().loss();
  }

  @Test
  void anArmsKindDecidesWhatNobodyElseDid() {
    for (LossKind before : LossKind.values()) {
      for (LossKind kind : LossKind.values()) {
        assertThat(ofArm("{ kind: " + before.wire() + " }", "training.loss.kind: " + kind.wire()))
            .isEqualTo(with("{ kind: " + kind.wire() + " }").training().loss());
      }
    }
  }

  @Test
  void whatTheFileOrTheArmSaysStays() {
    assertThat(ofArm("{ clipLow: 0.1, kl: { coefficient: 0.04 } }", "training.loss.kind: dapo"))
        .isEqualTo(
            with("{ kind: dapo, clipLow: 0.1, kl: { coefficient: 0.04 } }").training().loss());
    assertThat(ofArm("{ }", "training.loss.kind: gspo, training.loss.clipHigh: 0.2"))
        .isEqualTo(with("{ kind: gspo, clipHigh: 0.2 }").training().loss());
  }
}
