package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.ConstantDescription;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.dataset.DatasetBaselines.ConstantAnswer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of a data set one by one, in their order, and makes the manifest. Holds the
 * training scenes in memory, no items. One use, one thread.
 */
public final class ManifestBuilder {
  /** Answers listed for each kind. */
  static final int ANSWERS = 100;

  private final DatasetPlan plan;
  private final Map<Split, MessageDigest> digests = new EnumMap<>(Split.class);
  private final Map<Split, Integer> counts = new EnumMap<>(Split.class);
  private final Map<String, PortionStatistics> portions = new LinkedHashMap<>();

  private static final class PortionStatistics {
    final ConfiguredFamily family;
    final Map<Split, Map<String, Integer>> levels = new EnumMap<>(Split.class);
    final Map<String, KindStatistics> kinds = new TreeMap<>();

    PortionStatistics(ConfiguredFamily family) {
      this.family = family;
    }
  }

  private static final class KindStatistics {
    final Map<Split, Map<String, Integer>> answers = new EnumMap<>(Split.class);
    final List<Scene> trainScenes = new ArrayList<>();
  }

  public ManifestBuilder(DatasetPlan plan) {
    this.plan = plan;
    for (Split split : Split.values()) {
      digests.put(split, Digest.sha256());
      counts.put(split, 0);
    }
    for (Portion portion : plan.portions()) {
      portions.put(portion.label(), new PortionStatistics(portion.configured()));
    }
  }

  /**
   * @throws IllegalArgumentException where the plan has no part for the item
   */
  public void add(DatasetItem item) {
    PortionStatistics portion = portions.get(Portion.labelOf(item.id()));
    if (portion == null) {
      throw new IllegalArgumentException("the plan has no part for " + item.id());
    }
    String line = Digest.ofCanonical(item.toMap()).hex() + "\n";
    Objects.requireNonNull(digests.get(item.split())).update(line.getBytes(StandardCharsets.UTF_8));
    counts.merge(item.split(), 1, Integer::sum);
    portion
        .levels
        .computeIfAbsent(item.split(), absent -> new TreeMap<>())
        .merge(Integer.toString(item.level()), 1, Integer::sum);
    KindStatistics kind =
        portion.kinds.computeIfAbsent(item.asked().kind(), absent -> new KindStatistics());
    kind.answers
        .computeIfAbsent(item.split(), absent -> new TreeMap<>())
        .merge(item.answer(), 1, Integer::sum);
    if (item.split() == Split.TRAIN) {
      kind.trainScenes.add(portion.family.readScene(item.scene()));
    }
  }

  /** The manifest of all items added, which must be the whole data set. */
  public DatasetManifest build(List<PortionOutcome> outcomes) {
    Map<Split, DatasetManifest.Items> splits = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      byte[] hash = Objects.requireNonNull(digests.get(split)).digest();
      splits.put(
          split,
          new DatasetManifest.Items(
              Objects.requireNonNull(counts.get(split)),
              new Digest(HexFormat.of().formatHex(hash))));
    }
    return new DatasetManifest(plan, splits, outcomes.stream().map(this::portion).toList());
  }

  /**
   * How a manifest differs from what the items added say, one line each. Drops are taken on trust,
   * as what was dropped is no longer there.
   */
  public List<String> differences(DatasetManifest known) {
    List<PortionOutcome> outcomes = new ArrayList<>();
    for (PortionManifest portion : known.portions()) {
      outcomes.add(new PortionOutcome(portion.portion(), portion.rule(), Map.of()));
    }
    DatasetManifest found = build(outcomes);
    List<String> problems = new ArrayList<>();
    for (Split split : Split.values()) {
      if (!found.of(split).equals(known.of(split))) {
        problems.add(split.wireName() + ": the items are not those of the manifest");
      }
    }
    for (int i = 0; i < known.portions().size(); i++) {
      Map<String, Object> said = known.portions().get(i).toMap();
      found
          .portions()
          .get(i)
          .toMap()
          .forEach(
              (field, value) -> {
                if (!field.equals("drops")
                    && !Digest.ofCanonical(value).equals(Digest.ofCanonical(said.get(field)))) {
                  problems.add(
                      "manifest: %s of %s is not what the items give"
                          .formatted(field, said.get("label")));
                }
              });
    }
    return problems;
  }

  private PortionManifest portion(PortionOutcome outcome) {
    PortionStatistics statistics =
        Objects.requireNonNull(portions.get(outcome.portion().label()), "a portion of the plan");
    ConfiguredFamily family = statistics.family;
    Map<Split, Map<String, Integer>> drops = new EnumMap<>(Split.class);
    outcome
        .splits()
        .forEach(
            (split, tally) -> {
              Map<String, Integer> byReason = new TreeMap<>();
              tally.drops().forEach((reason, count) -> byReason.put(reason.wireName(), count));
              drops.put(split, byReason);
            });
    List<PortionManifest.Kind> kinds = new ArrayList<>();
    statistics.kinds.forEach((name, kind) -> kinds.add(kind(family, name, kind)));
    return new PortionManifest(
        outcome.portion(),
        family.family().version(),
        family.config(),
        String.valueOf(family.config().getOrDefault("rendering", "plain")),
        outcome.rule(),
        family.space(),
        drops,
        statistics.levels,
        kinds);
  }

  private static PortionManifest.Kind kind(
      ConfiguredFamily family, String name, KindStatistics kind) {
    Map<Split, Integer> items = new EnumMap<>(Split.class);
    Map<String, Integer> all = new TreeMap<>();
    kind.answers.forEach(
        (split, answers) -> {
          items.put(split, total(answers));
          answers.forEach((answer, count) -> all.merge(answer, count, Integer::sum));
        });
    Map<String, Integer> most = new LinkedHashMap<>();
    all.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(ANSWERS)
        .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
    @Nullable ConstantAnswer constant = null;
    @Nullable Double testRate = null;
    @Nullable ConstantDescription description = null;
    Map<String, Integer> train = kind.answers.get(Split.TRAIN);
    if (train != null) {
      constant = DatasetBaselines.mostFrequent(train);
      description = family.bestConstantDescription(kind.trainScenes);
      Map<String, Integer> test = kind.answers.get(Split.TEST);
      if (test != null) {
        testRate = (double) test.getOrDefault(constant.answer(), 0) / total(test);
      }
    }
    return new PortionManifest.Kind(
        name, items, most, total(all) - total(most), constant, testRate, description);
  }

  private static int total(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
