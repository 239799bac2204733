package dev.sightline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedOutcomesTest {
  private static Outcome outcome(String item, String family, long seed, double value) {
    return new Outcome(item, "c" + item, family, seed, value);
  }

  @Test
  void familiesWeighEqually() {
    List<Outcome> first =
        List.of(
            outcome("1", "a", 0, 1),
            outcome("2", "a", 0, 1),
            outcome("3", "a", 0, 1),
            outcome("1", "b", 0, 0));
    List<Outcome> second =
        first.stream().map(o -> outcome(o.item(), o.family(), o.seed(), 0)).toList();
    assertThat(PairedOutcomes.of(first, second).difference()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void missingAndDoubleRowsAreListed() {
    List<Outcome> first = List.of(outcome("1", "a", 0, 1), outcome("1", "a", 1, 1));
    List<Outcome> second =
        List.of(outcome("1", "a", 0, 1), outcome("1", "a", 0, 0), outcome("2", "a", 1, 0));
    assertThatThrownBy(() -> PairedOutcomes.of(first, second))
        .isInstanceOfSatisfying(
            UnpairedException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "(a/1, seed 0) is double on the second side",
                        "(a/2, seed 0) is missing on the first side",
                        "(a/2, seed 0) is missing on the second side",
                        "(a/1, seed 1) is missing on the second side",
                        "(a/2, seed 1) is missing on the first side")
                    .doesNotHaveDuplicates());
  }

  @Test
  void anItemInTwoClustersIsRefused() {
    assertThatThrownBy(
            () ->
                PairedOutcomes.of(
                    List.of(new Outcome("1", "x", "a", 0, 1)),
                    List.of(new Outcome("1", "y", "a", 0, 1))))
        .hasMessageContaining("is in clusters x and y");
  }

  @Test
  void theOrderOfRowsChangesNothing() {
    List<Outcome> first = new ArrayList<>();
    List<Outcome> second = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      for (long seed = 0; seed < 3; seed++) {
        first.add(new Outcome("i" + i, "c" + i / 3, "f" + i / 30, seed, random.nextInt(2)));
        second.add(new Outcome("i" + i, "c" + i / 3, "f" + i / 30, seed, random.nextInt(2)));
      }
    }
    PairedOutcomes pairs = PairedOutcomes.of(first, second);
    Interval before = CrossedBootstrap.interval(pairs, 500, 0.95, 9);
    Collections.shuffle(first, random);
    Collections.shuffle(second, random);
    PairedOutcomes shuffled = PairedOutcomes.of(first, second);
    assertThat(CrossedBootstrap.interval(shuffled, 500, 0.95, 9)).isEqualTo(before);
    assertThat(CrossedBootstrap.interval(shuffled, 500, 0.95, 10)).isNotEqualTo(before);
    assertThat(shuffled.itemSums()).isEqualTo(pairs.itemSums());
    int sum = 0;
    for (int s = 0; s < 3; s++) {
      sum += pairs.onlyFirst(s) - pairs.onlySecond(s);
    }
    assertThat(java.util.Arrays.stream(pairs.itemSums()).sum()).isEqualTo(sum);
  }
}
