package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Fields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All that a data set depends on.
 *
 * @param parts in the order of the items
 * @param imageSize of every item
 * @param avoid canonical keys of scenes that training and dev items must not show, such as those of
 *     imported test sets
 */
public record DatasetPlan(
    List<Part> parts, ImageSize imageSize, long seed, SortedSet<Digest> avoid) {
  /** Raised whenever the same plan would give other items. */
  static final int ASSEMBLY = 2;

  public DatasetPlan {
    parts = List.copyOf(parts);
    avoid = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(avoid));
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a data set has at least one part");
    }
  }

  public DatasetPlan(List<Part> parts, ImageSize imageSize, long seed) {
    this(parts, imageSize, seed, new TreeSet<>());
  }

  /** A data set of one family. */
  public DatasetPlan(
      String family, Map<String, Object> config, ImageSize imageSize, Counts counts, long seed) {
    this(List.of(new Part(family, config, counts)), imageSize, seed);
  }

  /** This plan with more scenes that training and dev must not show. */
  public DatasetPlan avoiding(Collection<Digest> canonicalKeys) {
    SortedSet<Digest> more = new TreeSet<>(avoid);
    more.addAll(canonicalKeys);
    return new DatasetPlan(parts, imageSize, seed, more);
  }

  /**
   * Items of one family.
   *
   * @param config the family's own keys; missing ones get their defaults
   * @param levels levels over which the counts are spread evenly (the first ones get what is left
   *     over); empty: whatever {@code config} asks for
   */
  public record Part(
      String family, Map<String, Object> config, List<Integer> levels, Counts counts) {
    public Part {
      config = Map.copyOf(config);
      levels = List.copyOf(levels);
      if (!levels.isEmpty() && config.containsKey("level")) {
        throw new IllegalArgumentException(
            "config.level and levels exclude each other; name the levels in one of them");
      }
      if (new TreeSet<>(levels).size() != levels.size()) {
        throw new IllegalArgumentException("levels: " + levels + " repeats one; name each once");
      }
    }

    public Part(String family, Map<String, Object> config, Counts counts) {
      this(family, config, List.of(), counts);
    }

    Map<String, Object> toMap() {
      Map<String, Object> map = new TreeMap<>();
      map.put("family", family);
      map.put("config", config);
      map.put("counts", counts.toMap());
      if (!levels.isEmpty()) {
        map.put("levels", levels);
      }
      return map;
    }

    static Part fromMap(Map<?, ?> map) {
      List<Integer> levels = new ArrayList<>();
      if (map.get("levels") instanceof List<?> list) {
        for (Object level : list) {
          levels.add(Fields.integer(new HashMap<>(Map.of("levels", level)), "levels"));
        }
      }
      return new Part(
          Fields.text(map, "family"),
          Fields.map(map, "config"),
          levels,
          Counts.fromMap(Fields.map(map, "counts")));
    }
  }

  /** Pixels. */
  public record ImageSize(int width, int height) {
    /** No pictures are drawn: a data set of texts. */
    public static final ImageSize NONE = new ImageSize(0, 0);

    public boolean none() {
      return equals(NONE);
    }
  }

  /** Items of each split. What is distinct among them depends on the {@link SplitRule}. */
  public record Counts(int train, int dev, int test) {
    public Counts {
      if (train < 0 || dev < 0 || test < 0) {
        throw new IllegalArgumentException("counts are not negative");
      }
    }

    public int of(Split split) {
      return switch (split) {
        case TRAIN -> train;
        case DEV -> dev;
        case TEST -> test;
      };
    }

    public long total() {
      return (long) train + dev + test;
    }

    Counts plus(Counts other) {
      return new Counts(
          Math.addExact(train, other.train),
          Math.addExact(dev, other.dev),
          Math.addExact(test, other.test));
    }

    /** The share of one of so many; the first ones get what is left over. */
    Counts share(int index, int of) {
      return new Counts(share(train, index, of), share(dev, index, of), share(test, index, of));
    }

    private static int share(int count, int index, int of) {
      return count / of + (index < count % of ? 1 : 0);
    }

    Map<String, Object> toMap() {
      return Map.of("train", train, "dev", dev, "test", test);
    }

    static Counts fromMap(Map<?, ?> map) {
      return new Counts(
          Fields.integer(map, "train"), Fields.integer(map, "dev"), Fields.integer(map, "test"));
    }
  }

  /** Items of each split, all parts together. */
  public Counts counts() {
    return parts.stream().map(Part::counts).reduce(new Counts(0, 0, 0), Counts::plus);
  }

  /**
   * The parts with their levels spread out, in the order of the items. A portion is called after
   * its family, and where the family stands several times, {@code family.2} is its second portion.
   */
  public List<Portion> portions() {
    Map<String, Integer> ofFamily = new HashMap<>();
    for (Part part : parts) {
      ofFamily.merge(part.family(), Math.max(1, part.levels().size()), Integer::sum);
    }
    Map<String, Integer> seen = new HashMap<>();
    List<Portion> portions = new ArrayList<>();
    for (int p = 0; p < parts.size(); p++) {
      Part part = parts.get(p);
      int pieces = Math.max(1, part.levels().size());
      for (int piece = 0; piece < pieces; piece++) {
        Map<String, Object> config = new TreeMap<>(part.config());
        if (!part.levels().isEmpty()) {
          config.put("level", part.levels().get(piece));
        }
        int number = seen.merge(part.family(), 1, Integer::sum);
        String label =
            ofFamily.getOrDefault(part.family(), 1) == 1
                ? part.family()
                : part.family() + "." + number;
        portions.add(
            new Portion(
                portions.size(),
                label,
                p,
                number,
                part.family(),
                config,
                part.counts().share(piece, pieces)));
      }
    }
    return List.copyOf(portions);
  }

  /**
   * The portion that an item belongs to, by its id.
   *
   * @throws IllegalArgumentException where the id names none
   */
  public Portion portion(String itemId) {
    String label = Portion.labelOf(itemId);
    return portions().stream()
        .filter(portion -> portion.label().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the plan has no part for " + itemId));
  }

  /** A tree for canonical JSON; the seed is text because JSON numbers do not hold every long. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new TreeMap<>();
    map.put("parts", parts.stream().map(Part::toMap).toList());
    map.put("imageSize", Map.of("width", imageSize.width(), "height", imageSize.height()));
    map.put("seed", Long.toString(seed));
    map.put("avoid", avoid.stream().map(Digest::hex).toList());
    return map;
  }

  /** Reads what {@link #toMap} wrote; the seed may also be a number, and avoid may be left out. */
  public static DatasetPlan fromMap(Map<?, ?> map) {
    Map<String, Object> size = Fields.map(map, "imageSize");
    long seed =
        map.get("seed") instanceof Number number
            ? number.longValue()
            : Long.parseLong(Fields.text(map, "seed"));
    SortedSet<Digest> avoid = new TreeSet<>();
    if (map.get("avoid") instanceof List<?> list) {
      list.forEach(key -> avoid.add(new Digest(String.valueOf(key))));
    }
    return new DatasetPlan(
        Fields.maps(map, "parts").stream().map(Part::fromMap).toList(),
        new ImageSize(Fields.integer(size, "width"), Fields.integer(size, "height")),
        seed,
        avoid);
  }

  /**
   * Equal for plans that give equal items: covers the defaults and the families' versions.
   *
   * @throws dev.sightline.puzzle.InvalidConfigException for an unknown family or a wrong
   *     configuration
   */
  public Digest digest() {
    List<Map<String, Object>> resolved = new ArrayList<>();
    for (Portion portion : portions()) {
      ConfiguredFamily family = portion.configured();
      resolved.add(
          Map.of(
              "family", portion.family(),
              "version", family.family().version(),
              "config", family.config(),
              "counts", portion.counts().toMap()));
    }
    Map<String, Object> map = toMap();
    map.put("parts", resolved);
    map.put("assembly", ASSEMBLY);
    return Digest.ofCanonical(map);
  }
}
