package dev.sightline.puzzle.dataset;

import dev.sightline.puzzle.Fields;
import java.util.Map;

/**
 * A run of one portion's candidates.
 *
 * @param portion index of the portion
 * @param from index of the first candidate within portion and split
 * @param count at least 1
 */
public record ShardTask(int portion, Split split, int from, int count) {
  public ShardTask {
    if (portion < 0 || from < 0 || count < 1) {
      throw new IllegalArgumentException(
          "no such shard: portion %d, %d from %d".formatted(portion, count, from));
    }
  }

  int end() {
    return from + count;
  }

  Map<String, Object> toMap() {
    return Map.of("portion", portion, "split", split.wireName(), "from", from, "count", count);
  }

  static ShardTask fromMap(Map<?, ?> map) {
    return new ShardTask(
        Fields.integer(map, "portion"),
        Split.ofWireName(Fields.text(map, "split")),
        Fields.integer(map, "from"),
        Fields.integer(map, "count"));
  }
}
