package dev.sightline.puzzle.woodslide;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Searches from both boards at once. A board is a long of three bits a cell. */
final class WoodSlideSolver {
  /** Boards that are looked at before a search gives up; legal puzzles need far fewer. */
  private static final int MOST_STATES = 400_000;

  private static final int CELLS = WoodSlideScene.ROWS * WoodSlideScene.COLUMNS;
  private static final int[] HEIGHTS = {0, 1, 1, 2, 2};
  private static final int[] WIDTHS = {0, 1, 2, 1, 2};
  private static final int[] ROW_STEPS = {-1, 1, 0, 0};
  private static final int[] COLUMN_STEPS = {0, 0, -1, 1};

  /** By shape and upper left cell: all bits of its cells, 0 where it does not fit. */
  private static final long[][] FULL = new long[5][CELLS];

  /** The shape's letter in all of its cells. */
  private static final long[][] BITS = new long[5][CELLS];

  static {
    for (int shape = 1; shape < 5; shape++) {
      for (int cell = 0; cell < CELLS; cell++) {
        int row = cell / WoodSlideScene.COLUMNS;
        int column = cell % WoodSlideScene.COLUMNS;
        if (row + HEIGHTS[shape] > WoodSlideScene.ROWS
            || column + WIDTHS[shape] > WoodSlideScene.COLUMNS) {
          continue;
        }
        for (int r = row; r < row + HEIGHTS[shape]; r++) {
          for (int c = column; c < column + WIDTHS[shape]; c++) {
            int shift = 3 * (r * WoodSlideScene.COLUMNS + c);
            FULL[shape][cell] |= 7L << shift;
            BITS[shape][cell] |= (long) shape << shift;
          }
        }
      }
    }
  }

  private WoodSlideSolver() {}

  static Optional<String> answer(WoodSlideScene scene) {
    OptionalInt distance = distance(scene, false);
    return distance.isPresent()
        ? Optional.of(Integer.toString(distance.getAsInt()))
        : Optional.empty();
  }

  /**
   * The least number of moves.
   *
   * @param slides whether a block that goes several cells at once counts as one move: a mistake
   * @return empty where a board is none, or the end cannot be reached
   */
  static OptionalInt distance(WoodSlideScene scene, boolean slides) {
    OptionalLong start = encode(scene.start());
    OptionalLong end = encode(scene.end());
    if (start.isEmpty() || end.isEmpty() || !sameBlocks(scene)) {
      return OptionalInt.empty();
    }
    return distance(start.getAsLong(), end.getAsLong(), slides);
  }

  private static OptionalInt distance(long start, long end, boolean slides) {
    if (start == end) {
      return OptionalInt.of(0);
    }
    BlockStates[] seen = {new BlockStates(), new BlockStates()};
    seen[0].add(start);
    seen[1].add(end);
    int[] from = {0, 0};
    int[] depth = {0, 0};
    long[] next = new long[256];
    while (seen[0].size() + seen[1].size() < MOST_STATES) {
      int[] frontier = {seen[0].size() - from[0], seen[1].size() - from[1]};
      int side = frontier[0] <= frontier[1] ? 0 : 1;
      if (frontier[side] == 0) {
        return OptionalInt.empty();
      }
      int last = seen[side].size();
      for (int i = from[side]; i < last; i++) {
        int count = moves(seen[side].get(i), slides, next);
        for (int j = 0; j < count; j++) {
          if (seen[1 - side].contains(next[j])) {
            return OptionalInt.of(depth[0] + depth[1] + 1);
          }
          seen[side].add(next[j]);
        }
      }
      from[side] = last;
      depth[side]++;
    }
    return OptionalInt.empty();
  }

  private static boolean sameBlocks(WoodSlideScene scene) {
    char[] start = scene.start().toCharArray();
    char[] end = scene.end().toCharArray();
    Arrays.sort(start);
    Arrays.sort(end);
    return Arrays.equals(start, end);
  }

  /** The board, or empty where its letters cannot be cut into blocks, or there is no block. */
  static OptionalLong encode(String board) {
    long state = 0;
    for (int cell = 0; cell < CELLS; cell++) {
      state |= (long) WoodSlideScene.LETTERS.indexOf(board.charAt(cell)) << 3 * cell;
    }
    long rest = state;
    for (int cell = 0; cell < CELLS; cell++) {
      int shape = (int) (rest >>> 3 * cell) & 7;
      if (shape != 0) {
        if (BITS[shape][cell] == 0 || (rest & FULL[shape][cell]) != BITS[shape][cell]) {
          return OptionalLong.empty();
        }
        rest &= ~FULL[shape][cell];
      }
    }
    return state == 0 ? OptionalLong.empty() : OptionalLong.of(state);
  }

  static String decode(long state) {
    StringBuilder out = new StringBuilder();
    for (int cell = 0; cell < CELLS; cell++) {
      out.append(WoodSlideScene.LETTERS.charAt((int) (state >>> 3 * cell) & 7));
    }
    return out.toString();
  }

  /** Whether a shape fits with its upper left on a cell of a board, all its cells being empty. */
  static boolean fits(long state, int shape, int cell) {
    return BITS[shape][cell] != 0 && (state & FULL[shape][cell]) == 0;
  }

  static long place(long state, int shape, int cell) {
    return state | BITS[shape][cell];
  }

  /**
   * The boards after one move.
   *
   * @param next where they are written
   * @return how many
   */
  static int moves(long state, boolean slides, long[] next) {
    int count = 0;
    long rest = state;
    for (int cell = 0; cell < CELLS; cell++) {
      int shape = (int) (rest >>> 3 * cell) & 7;
      if (shape == 0) {
        continue;
      }
      rest &= ~FULL[shape][cell];
      long without = state & ~FULL[shape][cell];
      if (slides) {
        count = slide(without, shape, cell, next, count);
        continue;
      }
      for (int way = 0; way < 4; way++) {
        int to = step(cell, way);
        if (to >= 0 && fits(without, shape, to)) {
          next[count++] = without | BITS[shape][to];
        }
      }
    }
    return count;
  }

  /** All places that one block can come to while the others lie still. */
  private static int slide(long without, int shape, int cell, long[] next, int count) {
    int reached = 1 << cell;
    int[] queue = new int[CELLS];
    queue[0] = cell;
    int known = 1;
    int written = count;
    for (int i = 0; i < known; i++) {
      for (int way = 0; way < 4; way++) {
        int to = step(queue[i], way);
        if (to >= 0 && (reached & 1 << to) == 0 && fits(without, shape, to)) {
          reached |= 1 << to;
          queue[known++] = to;
          next[written++] = without | BITS[shape][to];
        }
      }
    }
    return written;
  }

  private static int step(int cell, int way) {
    int row = cell / WoodSlideScene.COLUMNS + ROW_STEPS[way];
    int column = cell % WoodSlideScene.COLUMNS + COLUMN_STEPS[way];
    return row < 0 || column < 0 || row >= WoodSlideScene.ROWS || column >= WoodSlideScene.COLUMNS
        ? -1
        : row * WoodSlideScene.COLUMNS + column;
  }

  /** The boards at exactly so many moves from a board; empty where there are too many nearer. */
  static long[] at(long start, int moves, int mostStates) {
    BlockStates seen = new BlockStates();
    seen.add(start);
    long[] next = new long[256];
    int from = 0;
    for (int depth = 0; depth < moves; depth++) {
      int last = seen.size();
      for (int i = from; i < last; i++) {
        int count = moves(seen.get(i), false, next);
        for (int j = 0; j < count; j++) {
          seen.add(next[j]);
        }
      }
      if (seen.size() == last || seen.size() > mostStates) {
        return new long[0];
      }
      from = last;
    }
    long[] layer = new long[seen.size() - from];
    for (int i = 0; i < layer.length; i++) {
      layer[i] = seen.get(from + i);
    }
    return layer;
  }
}
