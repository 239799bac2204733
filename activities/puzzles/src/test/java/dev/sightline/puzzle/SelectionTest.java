package dev.sightline.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectionTest {
  @Test
  void levelsFollowTheScale() {
    DifficultyScale scale = DifficultyScale.of("depth", 2, 4, 8, 16);
    assertThat(List.of(0, 2, 3, 4, 5, 8, 9, 16, 17, 1000).stream().map(scale::level))
        .containsExactly(1, 1, 2, 2, 3, 3, 4, 4, 5, 5);
    assertThat(scale.difficulty(Map.of("depth", 5, "cells", 9)).level()).isEqualTo(3);
    assertThat(scale.words()).isEqualTo("depth: up to 2, 4, 8, 16, more");
    assertThatThrownBy(() -> DifficultyScale.of("depth", 2, 2, 3, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> scale.difficulty(Map.of("cells", 9)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fieldsAreReadCheckedAndRemembered() {
    ConfigFields fields =
        new ConfigFields(Map.of("rows", 4.0, "kind", "flat", "both", List.of("a")));
    assertThat(fields.integer("rows", 3, 1, 8)).isEqualTo(4);
    assertThat(fields.integer("columns", 3, 1, 8)).isEqualTo(3);
    assertThat(fields.choice("kind", "deep", List.of("deep", "flat"))).isEqualTo("flat");
    assertThat(fields.subset("both", List.of("a", "b"))).containsExactly("a");
    assertThat(fields.finish())
        .isEqualTo(Map.of("rows", 4, "columns", 3, "kind", "flat", "both", List.of("a")));
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThatThrownBy(() -> new ConfigFields(Map.of("rows", 9)).integer("rows", 3, 1, 8))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("rows: is 9; use an integer from 1 to 8");
    assertThatThrownBy(() -> new ConfigFields(Map.of("colour", 1)).finish())
        .hasMessageContaining("colour: unknown field");
    assertThatThrownBy(
            () ->
                new ConfigFields(Map.of("measures", Map.of("depth", List.of(5, 3))))
                    .ranges("measures", java.util.Set.of("depth")))
        .hasMessageContaining("measures.depth");
    assertThatThrownBy(
            () ->
                new ConfigFields(Map.of("measures", Map.of("width", List.of(3, 5))))
                    .ranges("measures", java.util.Set.of("depth")))
        .hasMessageContaining("unknown measure");
  }

  /** Against the mean at which so few events have a chance of 0.001, found by bisection. */
  @Test
  void upperLimitsOfRepeatsFollowPoisson() {
    for (int events : List.of(0, 1, 2, 10, 100)) {
      double low = 0;
      double high = 1000;
      for (int i = 0; i < 100; i++) {
        double mean = (low + high) / 2;
        double chance = 0;
        double term = Math.exp(-mean);
        for (int k = 0; k <= events; k++) {
          chance += term;
          term *= mean / (k + 1);
        }
        if (chance > 0.001) {
          low = mean;
        } else {
          high = mean;
        }
      }
      assertThat(MeasuredSpace.upperLimit(events))
          .as("%d events", events)
          .isBetween(low * (1 - 1e-9), 1.02 * low);
    }
  }
}
