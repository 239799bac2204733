package dev.sightline.activity.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.activity.Trees;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.Split;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DatasetManifestTest {
  private final DatasetManifest manifest = Samples.manifest(Samples.SPEC);

  @Test
  void survivesItsBytes() {
    byte[] bytes = Trees.bytes(manifest.toMap());

    DatasetManifest read = DatasetManifest.fromMap(Trees.read(bytes));

    assertThat(Trees.bytes(read.toMap())).isEqualTo(bytes);
    assertThat(read.items()).isEqualTo(manifest.items());
    assertThat(read.bestConstantDescription()).isEqualTo(manifest.bestConstantDescription());
    assertThat(DatasetPlan.fromMap(read.plan()).digest())
        .isEqualTo(DatasetPlan.fromMap(manifest.plan()).digest());
  }

  @Test
  void saysWhatTheDatasetHolds() {
    assertThat(manifest.counts()).isEqualTo(Map.of(Split.TRAIN, 60, Split.DEV, 10, Split.TEST, 21));
    // The number of 2 x 3 boards up to symmetry, counted by hand in the puzzles' tests too.
    assertThat(manifest.canonicalForms()).isEqualTo("143");
    assertThat(manifest.scenes()).isEqualTo("504");
    assertThat(manifest.exact()).isTrue();
    assertThat(manifest.bestConstantDescription().exactRate()).isBetween(0.0, 0.2);
  }

  @Test
  void namesTheFieldThatIsMissing() {
    Map<String, Object> map = new HashMap<>(manifest.toMap());
    map.remove("space");

    assertThatThrownBy(() -> DatasetManifest.fromMap(map)).hasMessageContaining("has no space");
  }
}
