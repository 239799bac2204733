package dev.sightline.dataset.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.DatasetPlan.Counts;
import dev.sightline.puzzle.dataset.DatasetPlan.ImageSize;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlanReaderTest {
  @Test
  void onePartMayStandAtTheTop() {
    DatasetPlan plan = PlanReader.read(Map.of("family", "clock", "counts", 40, "levels", 2));

    assertThat(plan.imageSize()).isEqualTo(new ImageSize(448, 448));
    assertThat(plan.parts().getFirst().counts()).isEqualTo(new Counts(40, 0, 0));
    assertThat(plan.parts().getFirst().levels()).containsExactly(2);
  }

  @Test
  void partsStandInAList() {
    DatasetPlan plan =
        PlanReader.read(
            Map.of(
                "seed",
                "9007199254740993",
                "imageSize",
                "none",
                "parts",
                List.of(
                    Map.of("family", "clock", "counts", Map.of("test", 4), "levels", List.of(1, 2)),
                    Map.of("family", "maze", "counts", 3))));

    assertThat(plan.seed()).isEqualTo(9007199254740993L);
    assertThat(plan.imageSize().none()).isTrue();
    assertThat(plan.counts()).isEqualTo(new Counts(3, 0, 4));
  }

  @Test
  void aPresetHasAName() {
    assertThat(PlanReader.read(Map.of("preset", "clock-3k", "seed", 4)).counts().total())
        .isPositive();
    wrong(Map.of("preset", "clock-4k"), "preset: no preset 'clock-4k'; use one of [");
    wrong(Map.of("preset", "clock-3k", "family", "clock"), "family: unknown field");
  }

  @Test
  void whatIsOddIsNamed() {
    wrong(Map.of("family", "clock", "counts", 4, "sede", 1), "sede: unknown field; use only");
    wrong(Map.of("family", "clock"), "field 'counts' must be an object");
    wrong(
        Map.of("family", "clock", "parts", List.of(Map.of("family", "maze", "counts", 1))),
        "family: stands beside parts");
    wrong(Map.of("family", "clock", "counts", Map.of("tset", 1)), "counts.tset: unknown field");
    wrong(Map.of("family", "clock", "counts", 1, "seed", 1.5), "seed: is 1.5; use a whole number");
    wrong(Map.of("family", "clock", "counts", 1, "levels", "x"), "field 'levels'");
  }

  private static void wrong(Map<String, ?> map, String message) {
    assertThatThrownBy(() -> PlanReader.read(map))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
