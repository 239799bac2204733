package dev.sightline.activity.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.ConstantDescription;
import dev.sightline.puzzle.Space;
import dev.sightline.puzzle.dataset.Assembly;
import dev.sightline.puzzle.dataset.DatasetBaselines;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.Split;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a published data set says of itself (science.md 1, 5).
 *
 * @param items artifact with the items of each split
 * @param rule how the splits were kept apart
 * @param canonicalForms size of the space up to symmetry, as text
 */
public record DatasetManifest(
    Map<String, Object> plan,
    Map<Split, Digest> items,
    Map<Split, Integer> counts,
    String rule,
    String scenes,
    String canonicalForms,
    boolean exact,
    String mostFrequentAnswer,
    ConstantDescription bestConstantDescription) {

  static DatasetManifest of(
      DatasetPlan plan, Space space, Assembly assembly, Map<Split, Digest> items) {
    Map<Split, Integer> counts = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      counts.put(split, assembly.of(split).size());
    }
    return new DatasetManifest(
        plan.toMap(),
        items,
        counts,
        assembly.rule().name(),
        space.scenes().toString(),
        space.canonicalForms().toString(),
        space.scenesExact() && space.enumerable(),
        DatasetBaselines.mostFrequentAnswer(assembly.train()).answer(),
        DatasetBaselines.bestConstantDescription(plan.configuredFamily(), assembly.train()));
  }

  Map<String, Object> toMap() {
    Map<String, Object> splits = new LinkedHashMap<>();
    items.forEach(
        (split, digest) ->
            splits.put(
                split.wireName(),
                Map.of(
                    "items",
                    digest.hex(),
                    "count",
                    Objects.requireNonNull(counts.get(split), "every split has a count"))));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("plan", plan);
    map.put("splits", splits);
    map.put("rule", rule);
    map.put("space", Map.of("scenes", scenes, "canonicalForms", canonicalForms, "exact", exact));
    map.put("mostFrequentAnswer", mostFrequentAnswer);
    map.put(
        "bestConstantDescription",
        Map.of(
            "text", bestConstantDescription.text(),
            "meanFacts", bestConstantDescription.meanFacts(),
            "exactRate", bestConstantDescription.exactRate()));
    return map;
  }

  @SuppressWarnings("unchecked") // reads what toMap wrote; a foreign artifact fails the casts
  static DatasetManifest fromMap(Map<String, Object> map) {
    Map<Split, Digest> items = new LinkedHashMap<>();
    Map<Split, Integer> counts = new LinkedHashMap<>();
    ((Map<String, Map<String, Object>>) part(map, "splits"))
        .forEach(
            (name, split) -> {
              items.put(Split.ofWireName(name), new Digest((String) part(split, "items")));
              counts.put(Split.ofWireName(name), ((Number) part(split, "count")).intValue());
            });
    Map<String, Object> space = (Map<String, Object>) part(map, "space");
    Map<String, Object> constant = (Map<String, Object>) part(map, "bestConstantDescription");
    return new DatasetManifest(
        (Map<String, Object>) part(map, "plan"),
        items,
        counts,
        (String) part(map, "rule"),
        (String) part(space, "scenes"),
        (String) part(space, "canonicalForms"),
        (Boolean) part(space, "exact"),
        (String) part(map, "mostFrequentAnswer"),
        new ConstantDescription(
            (String) part(constant, "text"),
            ((Number) part(constant, "meanFacts")).doubleValue(),
            ((Number) part(constant, "exactRate")).doubleValue()));
  }

  private static Object part(Map<String, Object> map, String name) {
    return Objects.requireNonNull(map.get(name), () -> "the manifest has no " + name);
  }
}
