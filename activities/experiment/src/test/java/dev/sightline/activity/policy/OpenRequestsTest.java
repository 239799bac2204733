package dev.sightline.activity.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.activity.Catalog;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SeedTree;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.SpecReader;
import dev.sightline.spec.SpecResult;
import dev.sightline.triton.policy.AdamW;
import dev.sightline.triton.policy.PolicyModel;
import dev.sightline.triton.policy.Trained;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OpenRequestsTest {
  private static final Digest RUN = Digest.ofText("run");

  private static PolicyModel model(String policy) {
    return OpenRequests.of(spec(policy), null, RUN).model();
  }

  private static ExperimentSpec spec(String policy) {
    String yaml =
        """
        name: short
        dataset: { family: rotting_kiwi, counts: { train: 100, dev: 8, test: 8 } }
        arms: [ { name: only_accuracy, terms: [ { term: accuracy, weight: 1.0 } ] } ]
        statistics: { reference: only_accuracy }
        """;
    return switch (new SpecReader(Catalog.ALL).readYaml("test.yaml", yaml + policy)) {
      case SpecResult.Valid valid -> valid.spec();
      case SpecResult.Invalid invalid -> throw new AssertionError(invalid.text());
    };
  }

  @Test
  void aFolderIsAskedForAsTheFileSays() {
    assertThat(model("policy: { model: qwen2.5-vl-7b, folder: { path: /models/vl } }\n"))
        .isEqualTo(new PolicyModel.Folder("/models/vl", null, "bfloat16", false));
    Digest digest = Digest.ofText("folder");
    assertThat(
            model(
                "policy: { model: folder, folder: { path: /vl, dtype: float32, digest: "
                    + digest.hex()
                    + ", gradientCheckpointing: true } }\n"))
        .isEqualTo(new PolicyModel.Folder("/vl", digest, "float32", true));
  }

  @Test
  void withoutItsFolderAPretrainedModelIsRefused() {
    assertThatThrownBy(() -> model("policy: { model: qwen2.5-vl-7b }\n"))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("policy.folder.path");
  }

  @Test
  void aRunTrainsWhatItsExperimentSays() {
    SeedTree seeds = SeedTree.root(1).child("run").child(3);

    assertThat(training("", seeds)).isNull();
    assertThat(training("policy: { visionTower: frozen }\n", seeds))
        .isEqualTo(new Trained.FrozenTower());
    String adapter = "policy: { lora: { rank: 4, alpha: 8, targets: [k_proj] } }\n";
    assertThat(training(adapter, seeds))
        .isEqualTo(new Trained.Lora(4, 8.0, List.of("k_proj"), seeds.child("adapter").seed()));
    // An evaluation stands on what its checkpoint holds.
    assertThat(OpenRequests.of(spec(adapter), RUN, RUN).trained()).isNull();
  }

  @Test
  void onlyWhoMakesStepsAsksForTheExperimentsOptimizer() {
    String yaml = "policy: { optimizer: { kind: adamw_8bit, beta2: 0.95 } }\n";
    AdamW eight = new AdamW(0.9, 0.95, 1e-8, 0.0, true);
    assertThat(OpenRequests.training(spec(yaml), null, RUN, SeedTree.root(1)).optimizer())
        .isEqualTo(eight);
    assertThat(OpenRequests.warmStart(spec(yaml), null, RUN).optimizer()).isEqualTo(eight);
    assertThat(OpenRequests.of(spec(yaml), null, RUN).optimizer())
        .isEqualTo(new AdamW(0.9, 0.95, 1e-8, 0.0));
    assertThat(OpenRequests.warmStart(spec(""), null, RUN).optimizer()).isEqualTo(AdamW.standard());
  }

  private static @Nullable Trained training(String policy, SeedTree seeds) {
    return OpenRequests.training(spec(policy), null, RUN, seeds).trained();
  }
}
