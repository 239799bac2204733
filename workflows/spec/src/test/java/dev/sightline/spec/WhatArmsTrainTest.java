package dev.sightline.spec;

import static dev.sightline.spec.Examples.SHORT;
import static dev.sightline.spec.Examples.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Adapters, frozen towers and the optimizer. */
class WhatArmsTrainTest {
  private static final Digest DATASET = Digest.ofText("data");

  @Test
  void anAdapterHasDefaultsAndNamesLayersAsTheModelDoes() {
    assertThat(valid(SHORT + "policy: { lora: { rank: 4, targets: [q_proj, down_proj] } }\n"))
        .extracting(spec -> spec.policy().lora())
        .isEqualTo(
            new ExperimentSpec.Lora(4, 32.0, List.of(LoraTarget.Q_PROJ, LoraTarget.DOWN_PROJ)));
    assertThat(valid(SHORT + "policy: { lora: {} }\n").policy().lora())
        .isEqualTo(new ExperimentSpec.Lora(16, 32.0, List.of(LoraTarget.values())));
    assertThat(valid(SHORT).policy().lora()).isNull();
  }

  @Test
  void anAdapterFreezesTheTower() {
    SpecResult result =
        new SpecReader(Catalogs.NONE)
            .readYaml("x.yaml", SHORT + "policy: { visionTower: trained, lora: {} }\n");

    assertThat(((SpecResult.Invalid) result).text())
        .contains("policy.visionTower", "does not fit lora", "leave it out");
  }

  @Test
  void armsDifferAndTheirWarmStartIsOne() {
    ExperimentSpec plain = valid(SHORT + "warmStart: {}\n");
    ExperimentSpec adapter = valid(SHORT + "warmStart: {}\npolicy: { lora: { rank: 4 } }\n");
    ExperimentSpec frozen = valid(SHORT + "warmStart: {}\npolicy: { visionTower: frozen }\n");
    ExperimentSpec.Arm arm = plain.arms().getFirst();

    assertThat(SpecDigest.warmStart(adapter, DATASET))
        .isEqualTo(SpecDigest.warmStart(plain, DATASET))
        .isEqualTo(SpecDigest.warmStart(frozen, DATASET));
    assertThat(SpecDigest.run(adapter, DATASET, arm, 1))
        .isNotEqualTo(SpecDigest.run(plain, DATASET, arm, 1))
        .isNotEqualTo(SpecDigest.run(frozen, DATASET, arm, 1));
    assertThat(Trainable.missing(adapter)).isEmpty();
    assertThat(Trainable.missing(frozen)).isEmpty();
  }

  @Test
  void theUsualOptimizerIsNotInDigests() {
    ExperimentSpec plain = valid(SHORT + "warmStart: {}\n");
    ExperimentSpec named = valid(SHORT + "warmStart: {}\npolicy: { optimizer: { kind: adamw } }\n");
    ExperimentSpec eight =
        valid(SHORT + "warmStart: {}\npolicy: { optimizer: { kind: adamw_8bit } }\n");
    ExperimentSpec.Arm arm = plain.arms().getFirst();

    assertThat(SpecDigest.of(named)).isEqualTo(SpecDigest.of(plain));
    assertThat(SpecWriter.record(plain.policy().optimizer())).doesNotContainKey("kind");
    assertThat(SpecWriter.record(eight.policy().optimizer())).containsEntry("kind", "adamw_8bit");
    assertThat(SpecDigest.run(eight, DATASET, arm, 1))
        .isNotEqualTo(SpecDigest.run(plain, DATASET, arm, 1));
    assertThat(SpecDigest.warmStart(eight, DATASET))
        .isNotEqualTo(SpecDigest.warmStart(plain, DATASET));
  }

  @Test
  void anUnknownOptimizerIsRefused() {
    SpecResult result =
        new SpecReader(Catalogs.NONE)
            .readYaml("x.yaml", SHORT + "policy: { optimizer: { kind: adam8bit } }\n");

    assertThat(((SpecResult.Invalid) result).text())
        .contains("policy.optimizer.kind", "adam8bit", "adamw_8bit");
  }
}
