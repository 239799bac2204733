package dev.sightline.puzzle.kiwi;

import dev.sightline.puzzle.ConfigFields;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.LevelMix;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Selection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
    LevelMix levels,
    Selection selection,
    Map<String, Object> toMap) {
  /** Masks of boards up to this size can be gone through one by one. */
  static final int COUNTABLE_CELLS = 20;

  /** Up to so many cells the minutes 1, 2, 3, 4 and more are the levels. */
  private static final int SMALL_BOARD = 9;

  private static final DifficultyScale SMALL_SCALE = DifficultyScale.of("minutes", 1, 2, 3, 4);

  /** The side of the board where a level is asked for and no size. */
  private static final int[] SIDE_OF_LEVEL = {4, 5, 6, 7, 8};

  private static final String ONE = "one";
  private static final String ONE_OR_MORE = "one-or-more";

  KiwiConfig {
    toMap = java.util.Collections.unmodifiableMap(new TreeMap<>(toMap));
  }

  int cells() {
    return rows * columns;
  }

  /** The bounds for boards of this size. */
  DifficultyScale scale(PuzzleFamily family) {
    return cells() <= SMALL_BOARD ? SMALL_SCALE : family.difficultyScale();
  }

  /** Whether only some of the legal boards are wanted. */
  boolean selective() {
    return selection.level() != null || !selection.measures().isEmpty();
  }

  static KiwiConfig read(Map<String, ?> raw, PuzzleFamily family) {
    ConfigFields fields = new ConfigFields(raw);
    Selection selection = Selection.read(fields, family, Set.of("minutes", "fresh", "rotten"));
    int side = selection.wantedLevel().map(level -> SIDE_OF_LEVEL[level - 1]).orElse(3);
    int rows = fields.integer("rows", side, 2, 8);
    int columns = fields.integer("columns", side, 2, 8);
    int cells = rows * columns;
    String rotten = fields.choice("rotten", ONE_OR_MORE, List.of(ONE, ONE_OR_MORE));
    int minimum = fields.integer("minimumFruits", 2, 2, Math.min(cells, COUNTABLE_CELLS));
    int maximum = fields.integer("maximumFruits", cells, minimum, cells);
    String levels = fields.choice("levels", LevelMix.AS_THEY_FALL.wireName(), LevelMix.names());
    LevelMix mix =
        Arrays.stream(LevelMix.values())
            .filter(one -> one.wireName().equals(levels))
            .findFirst()
            .orElseThrow();
    Map<String, Object> resolved = new TreeMap<>(fields.finish());
    // These two came later: configurations without them keep their digests.
    for (String later : List.of("questions", "rendering")) {
      if (!raw.containsKey(later)) {
        resolved.remove(later);
      }
    }
    return new KiwiConfig(
        rows, columns, rotten.equals(ONE_OR_MORE), minimum, maximum, mix, selection, resolved);
  }

  /** What to say where no board is as wanted. */
  InvalidConfigException nothingWanted() {
    return new InvalidConfigException(
        selection.level() != null ? "level" : "measures",
        "no board of %d x %d is of the wanted level and measures".formatted(rows, columns),
        "use a larger board, another level or wider measures");
  }
}
