package dev.sightline.activity.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.activity.dataset.Samples;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PromptOrderTest {
  private static final List<DatasetItem> ITEMS = Samples.DATASET.items(Split.TRAIN);

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 16, 60, 61})
  void everyEpochShowsEachItemOnce(int count) {
    List<DatasetItem> drawn = draws(new PromptOrder(ITEMS, Contexts.seeds(5)), count, 3);

    for (int epoch = 0; epoch < 3; epoch++) {
      List<DatasetItem> shown = drawn.subList(epoch * ITEMS.size(), (epoch + 1) * ITEMS.size());
      assertThat(shown).containsExactlyInAnyOrderElementsOf(ITEMS);
    }
  }

  @Test
  void epochsDifferFromEachOtherAndFromTheIndexOrder() {
    List<DatasetItem> drawn = draws(new PromptOrder(ITEMS, Contexts.seeds(5)), 60, 2);

    assertThat(Set.of(ITEMS, drawn.subList(0, 60), drawn.subList(60, 120))).hasSize(3);
  }

  @Test
  void theStepsSizeDoesNotChangeTheOrder() {
    assertThat(draws(new PromptOrder(ITEMS, Contexts.seeds(5)), 7, 2))
        .isEqualTo(draws(new PromptOrder(ITEMS, Contexts.seeds(5)), 16, 2));
  }

  @Test
  void aStepNeedsNoEarlierStep() {
    PromptOrder used = new PromptOrder(ITEMS, Contexts.seeds(5));
    for (int step = 0; step < 20; step++) {
      used.at(step, 9);
    }

    assertThat(new PromptOrder(ITEMS, Contexts.seeds(5)).at(3, 9)).isEqualTo(used.at(3, 9));
  }

  @Test
  void anotherSeedIsAnotherOrder() {
    assertThat(new PromptOrder(ITEMS, Contexts.seeds(5)).at(0, 30))
        .isNotEqualTo(new PromptOrder(ITEMS, Contexts.seeds(6)).at(0, 30));
  }

  private static List<DatasetItem> draws(PromptOrder order, int count, int epochs) {
    List<DatasetItem> drawn = new ArrayList<>();
    for (int step = 0; drawn.size() < epochs * ITEMS.size(); step++) {
      drawn.addAll(order.at(step, count));
    }
    return drawn.subList(0, epochs * ITEMS.size());
  }
}
