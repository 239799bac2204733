package dev.sightline.activity.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.dataset.DatasetManifest;
import dev.sightline.puzzle.dataset.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A manifest, and where the items are.
 *
 * @param chunks artifacts with the items of each split, in order
 */
record PublishedDataset(DatasetManifest manifest, Map<Split, List<Digest>> chunks) {
  PublishedDataset {
    Map<Split, List<Digest>> copy = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      copy.put(split, List.copyOf(chunks.getOrDefault(split, List.of())));
    }
    chunks = java.util.Collections.unmodifiableMap(copy);
  }

  /** The manifest's own tree with one more field, {@code artifacts}. */
  Map<String, Object> toMap() {
    Map<String, Object> artifacts = new TreeMap<>();
    chunks.forEach(
        (split, digests) ->
            artifacts.put(split.wireName(), digests.stream().map(Digest::hex).toList()));
    Map<String, Object> map = new TreeMap<>(manifest.toMap());
    map.put("artifacts", artifacts);
    return map;
  }

  static PublishedDataset fromMap(Map<String, Object> map) {
    Map<String, Object> artifacts = Fields.map(map, "artifacts");
    Map<Split, List<Digest>> chunks = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      List<Digest> digests = new ArrayList<>();
      Fields.texts(artifacts, split.wireName()).forEach(hex -> digests.add(new Digest(hex)));
      chunks.put(split, digests);
    }
    return new PublishedDataset(DatasetManifest.fromMap(map), chunks);
  }
}
