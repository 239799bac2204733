package dev.sightline.puzzle.kiwi;

import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.LevelMix;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which boards are legal. A legal board has between {@code minimumFruits} and {@code maximumFruits}
 * fruits, at least one of them fresh, exactly one or at least one rotten, and every fresh fruit is
 * reached by the rot (so the answer is at least 1).
 */
record KiwiConfig(
    int rows,
    int columns,
    boolean severalRotten,
    int minimumFruits,
    int maximumFruits,
    LevelMix levels) {
  /** Masks of boards up to this size can be gone through one by one. */
  static final int COUNTABLE_CELLS = 20;

  private static final String ONE = "one";
  private static final String ONE_OR_MORE = "one-or-more";
  private static final TreeSet<String> KEYS =
      new TreeSet<>(
          java.util.List.of(
              "rows", "columns", "rotten", "minimumFruits", "maximumFruits", "levels"));

  int cells() {
    return rows * columns;
  }

  static KiwiConfig read(Map<String, ?> raw) {
    for (String key : new TreeSet<>(raw.keySet())) {
      if (!KEYS.contains(key)) {
        throw new InvalidConfigException(key, "unknown field", "use only " + KEYS);
      }
    }
    int rows = integer(raw, "rows", 3, 2, 8);
    int columns = integer(raw, "columns", 3, 2, 8);
    int cells = rows * columns;
    Object rotten = raw.containsKey("rotten") ? raw.get("rotten") : ONE_OR_MORE;
    if (!ONE.equals(rotten) && !ONE_OR_MORE.equals(rotten)) {
      throw new InvalidConfigException(
          "rotten", "is '" + rotten + "'", "use " + ONE + " or " + ONE_OR_MORE);
    }
    int minimum = integer(raw, "minimumFruits", 2, 2, Math.min(cells, COUNTABLE_CELLS));
    int maximum = integer(raw, "maximumFruits", cells, minimum, cells);
    Object levels =
        raw.containsKey("levels") ? raw.get("levels") : LevelMix.AS_THEY_FALL.wireName();
    LevelMix mix =
        LevelMix.byName(String.valueOf(levels))
            .orElseThrow(
                () ->
                    new InvalidConfigException(
                        "levels", "is '" + levels + "'", "use one of " + LevelMix.names()));
    return new KiwiConfig(rows, columns, ONE_OR_MORE.equals(rotten), minimum, maximum, mix);
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new TreeMap<>();
    map.put("rows", rows);
    map.put("columns", columns);
    map.put("rotten", severalRotten ? ONE_OR_MORE : ONE);
    map.put("minimumFruits", minimumFruits);
    map.put("maximumFruits", maximumFruits);
    map.put("levels", levels.wireName());
    return map;
  }

  private static int integer(
      Map<String, ?> raw, String field, int otherwise, int least, int greatest) {
    if (!raw.containsKey(field)) {
      return otherwise;
    }
    Object given = raw.get(field);
    Integer value = Fields.asInteger(given);
    if (value == null || value < least || value > greatest) {
      throw new InvalidConfigException(
          field, "is " + given, "use an integer from " + least + " to " + greatest);
    }
    return value;
  }
}
