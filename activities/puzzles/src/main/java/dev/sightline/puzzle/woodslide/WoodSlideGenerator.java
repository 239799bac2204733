package dev.sightline.puzzle.woodslide;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Draws a random placement of blocks, then an end at exactly the wanted distance.
 *
 * @param blocks any, pennant, klotski or mixed
 */
record WoodSlideGenerator(String blocks) {
  /** Most moves of a puzzle. */
  static final int MOST_MOVES = 24;

  /** Boards within reach beyond which a start is given up: it has too much room. */
  private static final int MOST_STATES = 60_000;

  /** Numbers of empty cells, 1 x 1, wide, tall and 2 x 2 blocks. */
  private static final int[] PENNANT = {2, 2, 4, 2, 1};

  private static final int[] KLOTSKI = {2, 4, 1, 4, 1};

  Optional<WoodSlideScene> scene(int level, SplittableRandom random) {
    int moves =
        switch (level) {
          case 1 -> random.nextInt(1, 3);
          case 2 -> random.nextInt(3, 5);
          case 3 -> random.nextInt(5, 8);
          case 4 -> random.nextInt(8, 13);
          default -> random.nextInt(13, MOST_MOVES + 1);
        };
    OptionalLong start = fill(0, 0, counts(level, random), random);
    if (start.isEmpty()) {
      return Optional.empty();
    }
    long[] ends = WoodSlideSolver.at(start.getAsLong(), moves, MOST_STATES);
    if (ends.length == 0) {
      return Optional.empty();
    }
    long end = ends[random.nextInt(ends.length)];
    return Optional.of(
        new WoodSlideScene(WoodSlideSolver.decode(start.getAsLong()), WoodSlideSolver.decode(end)));
  }

  /** Whether a board has the configured blocks. */
  boolean has(String board) {
    return switch (blocks) {
      case "pennant" -> holds(board, PENNANT);
      case "klotski" -> holds(board, KLOTSKI);
      default -> true;
    };
  }

  private static boolean holds(String board, int[] counts) {
    int[] cells = {1, 1, 2, 2, 4};
    for (int shape = 0; shape < counts.length; shape++) {
      char letter = WoodSlideScene.LETTERS.charAt(shape);
      if (board.chars().filter(cell -> cell == letter).count()
          != (long) counts[shape] * cells[shape]) {
        return false;
      }
    }
    return true;
  }

  private int[] counts(int level, SplittableRandom random) {
    int ticket = random.nextInt(4);
    return switch (blocks) {
      case "pennant" -> PENNANT.clone();
      case "klotski" -> KLOTSKI.clone();
      case "mixed" -> mixed(level, random);
      default ->
          ticket == 0 ? PENNANT.clone() : ticket == 1 ? KLOTSKI.clone() : mixed(level, random);
    };
  }

  /** Two or three empty cells; three give long searches at the highest level and stay out of it. */
  private static int[] mixed(int level, SplittableRandom random) {
    int empty = level == 5 ? 2 : random.nextInt(2, 4);
    int ticket = random.nextInt(10);
    int squares = ticket < 7 ? 1 : ticket < 9 ? 2 : 0;
    int left = WoodSlideScene.ROWS * WoodSlideScene.COLUMNS - empty - 4 * squares;
    int singles = left % 2 + 2 * random.nextInt(0, 4);
    int pairs = (left - singles) / 2;
    // Both kinds where possible: boards of one kind of block have few placements.
    int wide = pairs < 2 ? random.nextInt(pairs + 1) : random.nextInt(1, pairs);
    return new int[] {empty, singles, wide, pairs - wide, squares};
  }

  /** Fills the cells in reading order with random blocks out of those left; steps back if stuck. */
  private static OptionalLong fill(long state, int cell, int[] left, SplittableRandom random) {
    int at = cell;
    while (at < WoodSlideScene.ROWS * WoodSlideScene.COLUMNS && (state >>> 3 * at & 7) != 0) {
      at++;
    }
    if (at == WoodSlideScene.ROWS * WoodSlideScene.COLUMNS) {
      return OptionalLong.of(state);
    }
    boolean[] tried = new boolean[5];
    for (int choice = 0; choice < 5; choice++) {
      int total = 0;
      for (int shape = 0; shape < 5; shape++) {
        total += tried[shape] ? 0 : left[shape];
      }
      if (total == 0) {
        return OptionalLong.empty();
      }
      int ticket = random.nextInt(total);
      int shape = -1;
      while (ticket >= 0) {
        shape++;
        ticket -= tried[shape] ? 0 : left[shape];
      }
      tried[shape] = true;
      if (shape == 0 || WoodSlideSolver.fits(state, shape, at)) {
        left[shape]--;
        long next = shape == 0 ? state : WoodSlideSolver.place(state, shape, at);
        OptionalLong full = fill(next, at + 1, left, random);
        if (full.isPresent()) {
          return full;
        }
        left[shape]++;
      }
    }
    return OptionalLong.empty();
  }
}
