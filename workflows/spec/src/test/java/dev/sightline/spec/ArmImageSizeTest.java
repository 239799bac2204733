package dev.sightline.spec;

import static dev.sightline.spec.Examples.CATALOGS;
import static dev.sightline.spec.Examples.SHORT;
import static dev.sightline.spec.Examples.messages;
import static dev.sightline.spec.Examples.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.Digest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An arm may see the same items larger or smaller. */
class ArmImageSizeTest {
  private static final Digest DATASET = Digest.of(new byte[0]);

  private static String with(String set) {
    return SHORT.replace(
        "statistics:",
        "  - { name: other, terms: [ { term: accuracy, weight: 1.0 } ], set: { "
            + set
            + " } }\nstatistics:");
  }

  private static Digest run(ExperimentSpec spec, String arm) {
    return SpecDigest.run(spec, DATASET, spec.arm(arm).orElseThrow(), 1);
  }

  @Test
  void theSizeIsPartOfTheRunAndOfNoDataSet() {
    ExperimentSpec spec =
        valid(with("dataset.imageSize.width: 168, dataset.imageSize.height: 168"));

    assertThat(Trainable.missing(spec)).isEmpty();
    assertThat(run(spec, "other")).isNotEqualTo(run(spec, "only_accuracy"));
    assertThat(run(spec, "only_accuracy")).isEqualTo(run(valid(SHORT), "only_accuracy"));
    ExperimentSpec same = valid(with("dataset.imageSize: { width: 84, height: 84 }"));
    assertThat(run(same, "other")).isEqualTo(run(same, "only_accuracy"));
  }

  @Test
  void theSizeIsPartOfTheEvaluation() {
    EvaluationSpec plain =
        EvaluationSpec.of(
            valid(SHORT), "c", DATASET, Split.TEST, "probe", List.of(EvaluationMode.IMAGE));
    EvaluationSpec large = plain.at(new ExperimentSpec.ImageSize(168, 168));

    assertThat(plain.tree()).doesNotContainKey("imageSize");
    assertThat(large.digest()).isNotEqualTo(plain.digest());
  }

  @Test
  void aSizeThatTheFamilyCannotDrawIsNamedInTheFileAndInAnArm() {
    assertThat(
            messages(
                new SpecReader(CATALOGS)
                    .readYaml("test.yaml", with("dataset.imageSize.width: 56"))))
        .containsExactly(
            "test.yaml:8: arms[1].set: gives dataset.imageSize, which is too narrow; take 84");
    assertThat(
            messages(
                new SpecReader(CATALOGS)
                    .readYaml(
                        "test.yaml",
                        SHORT.replace(
                            "family: rotting_kiwi",
                            "family: rotting_kiwi\n  imageSize: { width: 56 }"))))
        .containsExactly("test.yaml:4: dataset.imageSize: is too narrow; take 84");
  }

  @Test
  void otherFieldsOfTheDataSetStayPlans() {
    assertThat(Trainable.missing(valid(with("dataset.counts.train: 50"))))
        .singleElement()
        .asString()
        .contains("arm other: dataset.counts.train cannot differ");
  }
}
