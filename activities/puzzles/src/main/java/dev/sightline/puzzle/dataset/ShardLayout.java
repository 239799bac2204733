package dev.sightline.puzzle.dataset;

import dev.sightline.puzzle.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a plan is cut into shards. Only says who makes what: the items do not depend on it.
 *
 * @param rules how the splits are kept apart, by portion
 * @param tasks the shards; top-ups stand at the end
 */
public record ShardLayout(List<SplitRule> rules, List<ShardTask> tasks) {
  public ShardLayout {
    rules = List.copyOf(rules);
    tasks = List.copyOf(tasks);
  }

  public SplitRule rule(int portion) {
    return rules.get(portion);
  }

  ShardLayout plus(List<ShardTask> more) {
    List<ShardTask> all = new ArrayList<>(tasks);
    all.addAll(more);
    return new ShardLayout(rules, all);
  }

  /** A tree for canonical JSON. */
  public Map<String, Object> toMap() {
    return Map.of(
        "rules", rules.stream().map(Enum::name).toList(),
        "tasks", tasks.stream().map(ShardTask::toMap).toList());
  }

  /** Reads what {@link #toMap} wrote. */
  public static ShardLayout fromMap(Map<?, ?> map) {
    return new ShardLayout(
        Fields.texts(map, "rules").stream().map(SplitRule::valueOf).toList(),
        Fields.maps(map, "tasks").stream().map(ShardTask::fromMap).toList());
  }
}
