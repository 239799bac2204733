package dev.sightline.dataset.generation;

import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.DatasetPlan.Counts;
import dev.sightline.puzzle.dataset.DatasetPlan.ImageSize;
import dev.sightline.puzzle.dataset.DatasetPlan.Part;
import java.util.List;
import java.util.Map;

/** Small plans. */
public final class Plans {
  private Plans() {}

  /** 3 x 3 kiwis and clocks of two levels. */
  public static DatasetPlan small(int train, int test, ImageSize size) {
    Counts counts = new Counts(train, 0, test);
    return new DatasetPlan(
        List.of(
            new Part("rotting_kiwi", Map.of("rows", 3, "columns", 3), counts),
            new Part("clock", Map.of(), List.of(1, 3), counts)),
        size,
        7);
  }
}
