package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.CanonicalJson;
import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.Fields;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a data set says of itself (science.md 1, 5). A function of the plan alone: no number of
 * workers, interruption or order of shards changes a byte of {@link #bytes}.
 *
 * @param splits all three
 * @param portions in the order of the plan's portions
 */
public record DatasetManifest(
    DatasetPlan plan, Map<Split, Items> splits, List<PortionManifest> portions) {
  /** Stands at the head of every manifest. */
  public static final String FORMAT = "sightline-dataset/2";

  public DatasetManifest {
    splits = java.util.Collections.unmodifiableMap(new EnumMap<>(splits));
    portions = List.copyOf(portions);
  }

  /**
   * The items of a split.
   *
   * @param digest SHA-256 over the hex digests of the items' canonical JSON, one line each, in the
   *     order of the items
   */
  public record Items(int count, Digest digest) {}

  public Items of(Split split) {
    return Objects.requireNonNull(splits.get(split), "a manifest has all splits");
  }

  /** How the splits were kept apart, by portion. */
  public List<SplitRule> rules() {
    return portions.stream().map(PortionManifest::rule).toList();
  }

  /** Names all items. */
  public Digest digest() {
    StringBuilder text = new StringBuilder();
    for (Split split : Split.values()) {
      text.append(split.wireName()).append(' ').append(of(split).digest().hex()).append('\n');
    }
    return Digest.ofText(text.toString());
  }

  /** Canonical JSON. */
  public byte[] bytes() {
    return CanonicalJson.bytes(toMap());
  }

  /** A tree for canonical JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> bySplit = new TreeMap<>();
    splits.forEach(
        (split, items) ->
            bySplit.put(
                split.wireName(), Map.of("count", items.count(), "digest", items.digest().hex())));
    Map<String, Object> map = new TreeMap<>();
    map.put("format", FORMAT);
    map.put("assembly", DatasetPlan.ASSEMBLY);
    map.put("plan", plan.toMap());
    map.put("planDigest", plan.digest().hex());
    map.put("digest", digest().hex());
    map.put("splits", bySplit);
    map.put("portions", portions.stream().map(PortionManifest::toMap).toList());
    return map;
  }

  /**
   * Reads what {@link #toMap} wrote.
   *
   * @throws IllegalArgumentException naming the field that is missing or odd, also where the
   *     manifest is of another version
   */
  public static DatasetManifest fromMap(Map<?, ?> map) {
    String format = Fields.text(map, "format");
    if (!format.equals(FORMAT)) {
      throw new IllegalArgumentException(
          "the manifest's format is '" + format + "', this version reads " + FORMAT);
    }
    Map<Split, Items> splits = new EnumMap<>(Split.class);
    Map<String, Object> written = Fields.map(map, "splits");
    for (Split split : Split.values()) {
      Map<String, Object> items = Fields.map(written, split.wireName());
      splits.put(
          split,
          new Items(Fields.integer(items, "count"), new Digest(Fields.text(items, "digest"))));
    }
    DatasetPlan plan = DatasetPlan.fromMap(Fields.map(map, "plan"));
    List<Portion> named = plan.portions();
    List<PortionManifest> portions = new ArrayList<>();
    for (Map<?, ?> portion : Fields.maps(map, "portions")) {
      if (portions.size() >= named.size()) {
        throw new IllegalArgumentException("the manifest has more portions than its plan");
      }
      portions.add(PortionManifest.fromMap(named.get(portions.size()), portion));
    }
    if (portions.size() < named.size()) {
      throw new IllegalArgumentException("the manifest has fewer portions than its plan");
    }
    return new DatasetManifest(plan, splits, portions);
  }
}
