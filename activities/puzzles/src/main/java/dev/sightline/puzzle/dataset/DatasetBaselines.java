package dev.sightline.puzzle.dataset;

import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.ConstantDescription;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a policy reaches without looking. Fitted on training items only. */
public final class DatasetBaselines {
  private DatasetBaselines() {}

  /**
   * @param rate share of the items with this answer
   */
  public record ConstantAnswer(String answer, double rate) {}

  /** The most frequent answer; ties go to the first in text order. */
  public static ConstantAnswer mostFrequentAnswer(List<DatasetItem> trainItems) {
    Map<String, Integer> counts = new TreeMap<>();
    trainItems.forEach(item -> counts.merge(item.answer(), 1, Integer::sum));
    return mostFrequent(counts);
  }

  /** The most frequent answer of sorted counts. */
  static ConstantAnswer mostFrequent(Map<String, Integer> counts) {
    Map.Entry<String, Integer> best = null;
    int total = 0;
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      total += entry.getValue();
      if (best == null || entry.getValue() > best.getValue()) {
        best = entry;
      }
    }
    if (best == null) {
      throw new IllegalArgumentException("the most frequent answer needs at least one item");
    }
    return new ConstantAnswer(best.getKey(), (double) best.getValue() / total);
  }

  /** The constant description with the highest mean fact score: s0 of science.md 5. */
  public static ConstantDescription bestConstantDescription(
      ConfiguredFamily family, List<DatasetItem> trainItems) {
    return family.bestConstantDescription(
        trainItems.stream().map(item -> family.readScene(item.scene())).toList());
  }
}
