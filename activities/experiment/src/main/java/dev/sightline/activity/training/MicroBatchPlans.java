package dev.sightline.activity.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.foundation.CanonicalJson;
import dev.sightline.triton.policy.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans of micro-batches that take less memory, and batches with another plan. */
final class MicroBatchPlans {
  private static final ObjectMapper MAPPER = new ObjectMapper();

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
    try {
      Map<String, Object> tree = MAPPER.readValue(batch.bytes(), new TypeReference<>() {});
      tree.put("microBatches", plan);
      return Payload.of(CanonicalJson.bytes(tree));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a batch of ours does not parse", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
