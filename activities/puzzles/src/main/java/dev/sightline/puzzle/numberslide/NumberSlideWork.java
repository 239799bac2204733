package dev.sightline.puzzle.numberslide;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How much there is to go through: the single moves to carry out from the boards after 0, 1, ...
 * moves - 1 moves, equal boards taken once. It depends only on the size and the open place, so that
 * it is counted once.
 */
final class NumberSlideWork {
  /** Most moves of a question about exactly so many moves. */
  static final int MOST_MOVES = 8;

  /** Questions with more than this many single moves are not asked. */
  static final int MOST_WORK = 1100;

  private static final Map<Integer, int[][]> KNOWN = new ConcurrentHashMap<>();

  private NumberSlideWork() {}

  /** Single moves for a question about exactly {@code moves} moves. */
  static int slides(int size, int open, int moves) {
    return table(size, open)[moves - 1][0];
  }

  /** How many boards exactly {@code moves} moves give. */
  static int boards(int size, int open, int moves) {
    return table(size, open)[moves - 1][1];
  }

  private static int[][] table(int size, int open) {
    return KNOWN.computeIfAbsent(100 * size + open, key -> count(size, open));
  }

  private static int[][] count(int size, int open) {
    String board =
        IntStream.range(0, size * size)
            .mapToObj(at -> String.valueOf((char) (at == open ? 0 : at < open ? at + 1 : at)))
            .collect(Collectors.joining());
    int[][] table = new int[MOST_MOVES][2];
    Set<String> layer = Set.of(board);
    int slides = 0;
    for (int moves = 0; moves < MOST_MOVES; moves++) {
      for (String last : layer) {
        for (NumberSlideSolver.Direction direction : NumberSlideSolver.Direction.values()) {
          slides += NumberSlideSolver.move(last, size, direction).isPresent() ? 1 : 0;
        }
      }
      layer = NumberSlideSolver.next(layer, size);
      table[moves][0] = slides;
      table[moves][1] = layer.size();
    }
    return table;
  }
}
