package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.Digest;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What no single item shows: counts, repeats, and scenes or pictures in two splits. */
final class DatasetLeaks {
  private final DatasetPlan plan;
  private final List<SplitRule> rules;
  private final Map<String, Portion> portions = new HashMap<>();
  private final Map<String, Map<Split, Integer>> counts = new HashMap<>();
  private final Set<String> ids = new HashSet<>();
  private final Map<Split, Set<Digest>> keys = new EnumMap<>(Split.class);
  private final Map<Digest, Split> splitOfForm = new HashMap<>();
  private final Map<Digest, Digest> sceneOfPicture = new HashMap<>();

  DatasetLeaks(DatasetPlan plan, List<SplitRule> rules) {
    this.plan = plan;
    this.rules = rules;
    for (Portion portion : plan.portions()) {
      portions.put(portion.label(), portion);
      counts.put(portion.label(), new EnumMap<>(Split.class));
    }
    for (Split split : Split.values()) {
      keys.put(split, new HashSet<>());
    }
  }

  void add(DatasetItem item, List<String> problems) {
    Portion portion = portions.get(Portion.labelOf(item.id()));
    if (portion == null) {
      return; // said where the item itself is checked
    }
    String split = item.split().wireName();
    if (!ids.add(item.id())) {
      problems.add(item.id() + ": the id stands twice");
    }
    if (!item.id().startsWith(portion.label() + "/" + split + "-")) {
      problems.add(item.id() + ": stands in " + split);
    }
    Objects.requireNonNull(counts.get(portion.label())).merge(item.split(), 1, Integer::sum);
    SplitRule rule = rules.get(portion.index());
    Digest key = Deduplication.key(item, Deduplication.reason(item.split(), rule));
    if (!Objects.requireNonNull(keys.get(item.split())).add(key)) {
      problems.add(item.id() + ": repeats another item of " + split);
    }
    Split other = splitOfForm.putIfAbsent(item.canonicalKey(), item.split());
    if (other != null && other != item.split()) {
      problems.add(item.id() + ": the same puzzle up to symmetry is in " + other.wireName());
    }
    if (rule == SplitRule.RESERVED_SHARE
        && Share.of(plan.seed(), portion.family(), item.canonicalKey()) != item.split()) {
      problems.add(item.id() + ": its scene is reserved for another split");
    }
    if (item.split() != Split.TEST && plan.avoid().contains(item.canonicalKey())) {
      problems.add(item.id() + ": its scene is among those to avoid");
    }
    Digest scene = sceneOfPicture.putIfAbsent(item.imageDigest(), item.sceneKey());
    if (scene != null && !scene.equals(item.sceneKey())) {
      problems.add(item.id() + ": another scene has the same picture");
    }
  }

  void end(List<String> problems) {
    for (Portion portion : plan.portions()) {
      for (Split split : Split.values()) {
        int found = Objects.requireNonNull(counts.get(portion.label())).getOrDefault(split, 0);
        int wanted = portion.counts().of(split);
        if (found != wanted) {
          problems.add(
              "%s: %s has %d items instead of %d"
                  .formatted(portion.label(), split.wireName(), found, wanted));
        }
      }
    }
  }
}
