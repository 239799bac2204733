package dev.sightline.reward;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A completion with its reward.
 *
 * @param total sum of the terms' values; exactly what is optimised
 * @param terms those that apply, in the design's order
 */
public record ScoredCompletion(double total, List<TermScore> terms, Judgement judgement) {
  public ScoredCompletion {
    terms = List.copyOf(terms);
  }

  /**
   * @param name the term with its parameter
   * @param value weight times raw
   */
  public record TermScore(String name, double raw, double weight, double value) {}

  /** A tree for canonical JSON. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> byName = new LinkedHashMap<>();
    for (TermScore term : terms) {
      byName.put(
          term.name(), Map.of("raw", term.raw(), "weight", term.weight(), "value", term.value()));
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("total", total);
    map.put("terms", byName);
    map.put("judgement", judgement.toMap());
    return map;
  }
}
