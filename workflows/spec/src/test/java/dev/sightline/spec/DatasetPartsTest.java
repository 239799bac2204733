package dev.sightline.spec;

import static dev.sightline.spec.Examples.CATALOGS;
import static dev.sightline.spec.Examples.SHORT;
import static dev.sightline.spec.Examples.messages;
import static dev.sightline.spec.Examples.valid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DatasetPartsTest {
  private static final String ONE =
      "dataset:\n  family: rotting_kiwi\n  counts: { train: 100, dev: 8, test: 8 }\n";
  private static final String PARTS =
      """
      dataset:
        parts:
          - { family: rotting_kiwi, levels: [1, 2], counts: { train: 80, dev: 8 } }
          - { family: rotting_kiwi, counts: { train: 20, test: 8 } }
      """;

  private static String with(String dataset) {
    assertThat(SHORT).contains(ONE);
    return SHORT.replace(ONE, dataset);
  }

  private static SpecResult read(String dataset) {
    return new SpecReader(CATALOGS).readYaml("x.yaml", with(dataset));
  }

  @Test
  void readsSeveralParts() {
    ExperimentSpec spec = valid(with(PARTS));
    var parts = DatasetParts.of(spec.dataset(), null).orElseThrow();
    assertThat(parts).hasSize(2);
    assertThat(parts.getFirst().levels()).containsExactly(1, 2);
    assertThat(DatasetParts.counts(parts)).isEqualTo(new ExperimentSpec.Counts(100, 8, 8));
    assertThat(new SpecReader(CATALOGS).readTree(SpecWriter.tree(spec)))
        .isInstanceOfSatisfying(
            SpecResult.Valid.class, read -> assertThat(read.spec()).isEqualTo(spec));
    ExperimentPlan plan = Planner.plan(spec, CATALOGS);
    assertThat(plan.stages().getFirst().work().items()).isEqualTo(116);
    assertThat(plan.familyVersion()).isEqualTo("rotting_kiwi 1");
    assertThat(plan.space()).isNull();
    assertThat(ExperimentPlan.fromMap(plan.toMap())).isEqualTo(plan);
  }

  @Test
  void aPresetIsResolvedByTheCatalog() {
    ExperimentSpec spec = valid(with("dataset: { preset: two-kiwis }\n"));
    FamilyCatalog families = Objects.requireNonNull(CATALOGS.families());
    assertThat(DatasetParts.of(spec.dataset(), null)).isEmpty();
    assertThat(DatasetParts.counts(DatasetParts.need(spec.dataset(), families)))
        .isEqualTo(new ExperimentSpec.Counts(100, 8, 8));
    assertThat(DatasetParts.version(spec.dataset(), families))
        .startsWith("rotting_kiwi 1, preset ");
    assertThat(spec.dataset().title()).isEqualTo("two-kiwis");
  }

  @Test
  void fieldsThatAreNotThereLeaveTheTreeAlone() {
    @SuppressWarnings("unchecked") // the tree of a record
    Map<String, Object> dataset =
        (Map<String, Object>) Objects.requireNonNull(SpecWriter.tree(valid(SHORT)).get("dataset"));
    assertThat(dataset).containsOnlyKeys("family", "config", "imageSize", "counts");
  }

  @Test
  void saysWhatIsWrongWithTheForm() {
    assertThat(messages(read("dataset: {}\n"))).anyMatch(line -> line.contains("family"));
    assertThat(messages(read("dataset: { family: rotting_kiwi }\n")))
        .anyMatch(line -> line.contains("counts") && line.contains("is missing"));
    assertThat(messages(read(PARTS + "  preset: two-kiwis\n")))
        .anyMatch(line -> line.contains("in 2 ways"));
    assertThat(messages(read(PARTS + "  config: { rows: 3 }\n")))
        .anyMatch(line -> line.contains("belongs to family"));
    assertThat(messages(read("dataset: { preset: two-kiwi }\n")))
        .anyMatch(line -> line.contains("there is no preset 'two-kiwi'"));
    assertThat(messages(read(PARTS.replace("test: 8", "test: 0"))))
        .anyMatch(line -> line.contains("has no test items"));
    assertThat(messages(read(PARTS.replace("levels: [1, 2]", "config: { rows: 1 }"))))
        .anyMatch(line -> line.contains("is wrong"));
    assertThat(messages(read(PARTS.replace("rotting_kiwi, counts", "kiwi, counts"))))
        .anyMatch(line -> line.contains("there is no puzzle family 'kiwi'"));
  }
}
