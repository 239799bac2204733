package dev.sightline.activity.training;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.dataset.DatasetItem;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The seeded order in which a run sees its training items: a fresh permutation each epoch. */
final class PromptOrder {
  private final List<DatasetItem> items;
  private final SeedTree seeds;

  PromptOrder(List<DatasetItem> items, SeedTree seeds) {
    this.items = items;
    this.seeds = seeds.child("order");
  }

  /**
   * The items of one step.
   *
   * @param step from 0
   * @param count items a step
   */
  List<DatasetItem> at(int step, int count) {
    List<DatasetItem> chosen = new ArrayList<>(count);
    long first = (long) step * count;
    long epoch = -1;
    int[] order = {};
    for (long draw = first; draw < first + count; draw++) {
      long itsEpoch = draw / items.size();
      if (itsEpoch != epoch) {
        epoch = itsEpoch;
        order = permutation(epoch);
      }
      chosen.add(items.get(order[(int) (draw % items.size())]));
    }
    return chosen;
  }

  /** Fisher and Yates' shuffle. */
  private int[] permutation(long epoch) {
    SplittableRandom random = seeds.child(epoch).random();
    int[] order = new int[items.size()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
