package dev.sightline.activity.training;

import dev.sightline.activity.Trees;
import dev.sightline.triton.policy.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans of micro-batches that take less memory, and batches with another plan. */
final class MicroBatchPlans {
  private MicroBatchPlans() {}

  /** Completions in the largest micro-batch. */
  static int largest(List<List<Integer>> plan) {
    return plan.stream().mapToInt(List::size).max().orElse(0);
  }

  /**
   * Cuts what is larger, in order.
   *
   * @param limit most completions of a micro-batch, at least 1
   * @param group completions that share a prompt: kept together while the limit has room for one
   */
  static List<List<Integer>> limited(List<List<Integer>> plan, int limit, int group) {
    int size = limit > group ? limit / group * group : limit;
    List<List<Integer>> cut = new ArrayList<>();
    for (List<Integer> batch : plan) {
      for (int first = 0; first < batch.size(); first += size) {
        cut.add(List.copyOf(batch.subList(first, Math.min(batch.size(), first + size))));
      }
    }
    return List.copyOf(cut);
  }

  /** The same batch under another plan; all other bytes stay. */
  static Payload with(Payload batch, List<List<Integer>> plan) {
    Map<String, Object> tree = Trees.read(batch.bytes());
    tree.put("microBatches", plan);
    return Payload.of(Trees.bytes(tree));
  }
}
