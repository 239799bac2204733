package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.PuzzleFamilies;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a data set depends on.
 *
 * @param config the family's own keys; missing ones get their defaults
 */
public record DatasetPlan(
    String family, Map<String, Object> config, ImageSize imageSize, Counts counts, long seed) {
  public DatasetPlan {
    config = Map.copyOf(config);
  }

  /** Pixels. */
  public record ImageSize(int width, int height) {}

  /**
   * @param train distinct scenes
   * @param dev distinct canonical forms, one orientation each
   * @param test distinct canonical forms, one orientation each
   */
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
  }

  /**
   * @throws dev.sightline.puzzle.InvalidConfigException for an unknown family or a wrong
   *     configuration
   */
  public ConfiguredFamily configuredFamily() {
    return PuzzleFamilies.configure(family, config);
  }

  /** A tree for canonical JSON; the seed is text because JSON numbers do not hold every long. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new TreeMap<>();
    map.put("family", family);
    map.put("config", config);
    map.put("imageSize", Map.of("width", imageSize.width(), "height", imageSize.height()));
    map.put("counts", Map.of("train", counts.train(), "dev", counts.dev(), "test", counts.test()));
    map.put("seed", Long.toString(seed));
    return map;
  }

  /** Reads what {@link #toMap} wrote; the seed may also be a number. */
  public static DatasetPlan fromMap(Map<?, ?> map) {
    Map<String, Object> size = Fields.map(map, "imageSize");
    Map<String, Object> counts = Fields.map(map, "counts");
    long seed =
        map.get("seed") instanceof Number number
            ? number.longValue()
            : Long.parseLong(Fields.text(map, "seed"));
    return new DatasetPlan(
        Fields.text(map, "family"),
        Fields.map(map, "config"),
        new ImageSize(Fields.integer(size, "width"), Fields.integer(size, "height")),
        new Counts(
            Fields.integer(counts, "train"),
            Fields.integer(counts, "dev"),
            Fields.integer(counts, "test")),
        seed);
  }

  /** Equal for plans that give equal items: covers the defaults and the family's version. */
  public Digest digest() {
    ConfiguredFamily configured = configuredFamily();
    Map<String, Object> map = toMap();
    map.put("config", configured.config());
    map.put("familyVersion", configured.family().version());
    map.put("assembly", 1);
    return Digest.ofCanonical(map);
  }
}
