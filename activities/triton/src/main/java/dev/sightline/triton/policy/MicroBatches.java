package dev.sightline.triton.policy;

import java.util.BitSet;
import java.util.List;

/** The check that a micro-batch plan holds every completion once. */
final class MicroBatches {
  private MicroBatches() {}

  static List<List<Integer>> checked(List<List<Integer>> plan, int completions) {
    BitSet seen = new BitSet(completions);
    int count = 0;
    for (List<Integer> batch : plan) {
      for (int index : batch) {
        if (index < 0 || index >= completions) {
          throw new IllegalArgumentException(
              "micro-batch index " + index + " is outside the " + completions + " completions");
        }
        seen.set(index);
        count++;
      }
    }
    if (count != completions
        || seen.cardinality() != completions
        || plan.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException(
          "the micro-batches must hold each of the "
              + completions
              + " completions once, none empty");
    }
    return plan.stream().map(List::copyOf).toList();
  }
}
