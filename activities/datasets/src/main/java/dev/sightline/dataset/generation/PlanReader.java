package dev.sightline.dataset.generation;

import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.DatasetPlan.Counts;
import dev.sightline.puzzle.dataset.DatasetPlan.ImageSize;
import dev.sightline.puzzle.dataset.DatasetPlan.Part;
import dev.sightline.puzzle.dataset.DatasetPresets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads what a file says of a data set: {@code seed}, {@code imageSize} (a number, {width, height}
 * or {@code none}), and {@code parts}, each of {@code family, config, levels, counts}; with one
 * part its fields may stand at the top. {@code counts} is {train, dev, test}, or a number for
 * train.
 */
public final class PlanReader {
  private static final Set<String> PART = Set.of("family", "config", "levels", "counts");
  private static final ImageSize USUAL = new ImageSize(448, 448);

  private PlanReader() {}

  /**
   * @throws IllegalArgumentException naming field, problem and fix
   */
  public static DatasetPlan read(Map<?, ?> map) {
    Set<String> known = new TreeSet<>(PART);
    known.addAll(Set.of("seed", "imageSize", "parts", "preset"));
    refuseOthers(map, known, "");
    if (map.containsKey("preset")) {
      return preset(map);
    }
    List<Part> parts = new ArrayList<>();
    if (map.containsKey("parts")) {
      for (String field : PART) {
        if (map.containsKey(field)) {
          throw new IllegalArgumentException(
              field + ": stands beside parts; move it into one of the parts");
        }
      }
      List<Map<?, ?>> list = Fields.maps(map, "parts");
      for (int i = 0; i < list.size(); i++) {
        refuseOthers(list.get(i), PART, "parts[" + i + "].");
        parts.add(part(list.get(i)));
      }
    } else {
      parts.add(part(map));
    }
    return new DatasetPlan(parts, imageSize(map), seed(map));
  }

  private static DatasetPlan preset(Map<?, ?> map) {
    refuseOthers(map, Set.of("preset", "seed", "imageSize"), "");
    String name = Fields.text(map, "preset");
    List<Part> parts =
        DatasetPresets.byName(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "preset: no preset '" + name + "'; use one of " + DatasetPresets.names()));
    return new DatasetPlan(parts, imageSize(map), seed(map));
  }

  private static void refuseOthers(Map<?, ?> map, Set<String> known, String place) {
    for (Object key : map.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        throw new IllegalArgumentException(
            place + key + ": unknown field; use only " + new TreeSet<>(known));
      }
    }
  }

  private static Part part(Map<?, ?> map) {
    Map<String, Object> config = map.get("config") == null ? Map.of() : Fields.map(map, "config");
    List<Integer> levels = new ArrayList<>();
    Object wanted = map.get("levels");
    if (wanted != null) {
      for (Object level : wanted instanceof List<?> list ? list : List.of(wanted)) {
        levels.add(Fields.integer(new HashMap<>(Map.of("levels", level)), "levels"));
      }
    }
    return new Part(Fields.text(map, "family"), config, levels, counts(map));
  }

  private static Counts counts(Map<?, ?> map) {
    if (map.get("counts") instanceof Number) {
      return new Counts(Fields.integer(map, "counts"), 0, 0);
    }
    Map<String, Object> counts = Fields.map(map, "counts");
    refuseOthers(counts, Set.of("train", "dev", "test"), "counts.");
    return new Counts(count(counts, "train"), count(counts, "dev"), count(counts, "test"));
  }

  private static int count(Map<String, Object> counts, String split) {
    return counts.containsKey(split) ? Fields.integer(counts, split) : 0;
  }

  private static ImageSize imageSize(Map<?, ?> map) {
    Object size = map.get("imageSize");
    if (size == null) {
      return USUAL;
    }
    if ("none".equals(size)) {
      return ImageSize.NONE;
    }
    if (size instanceof Number) {
      int side = Fields.integer(map, "imageSize");
      return new ImageSize(side, side);
    }
    Map<String, Object> sides = Fields.map(map, "imageSize");
    return new ImageSize(Fields.integer(sides, "width"), Fields.integer(sides, "height"));
  }

  private static long seed(Map<?, ?> map) {
    return switch (map.get("seed")) {
      case null -> 0;
      case Long seed -> seed;
      case Integer seed -> seed;
      case String text when text.matches("-?[0-9]{1,18}") -> Long.parseLong(text);
      case Object other ->
          throw new IllegalArgumentException(
              "seed: is " + other + "; use a whole number of 64 bits");
    };
  }
}
