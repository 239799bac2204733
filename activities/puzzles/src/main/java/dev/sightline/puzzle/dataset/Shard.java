package dev.sightline.puzzle.dataset;

import dev.sightline.puzzle.Fields;
import java.util.List;
import java.util.Map;

/** A run of candidates: made anywhere, in any order, always the same. */
public record Shard(int index, List<DatasetItem> candidates) {
  public Shard {
    candidates = List.copyOf(candidates);
  }

  public Map<String, Object> toMap() {
    return Map.of(
        "index", index, "candidates", candidates.stream().map(DatasetItem::toMap).toList());
  }

  public static Shard fromMap(Map<?, ?> map) {
    return new Shard(
        Fields.integer(map, "index"),
        Fields.maps(map, "candidates").stream().map(DatasetItem::fromMap).toList());
  }
}
