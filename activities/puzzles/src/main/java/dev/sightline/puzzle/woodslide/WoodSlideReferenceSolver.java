package dev.sightline.puzzle.woodslide;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Searches from the start alone. A position is, for each shape, the set of the blocks' upper left
 * cells, twenty bits each.
 */
final class WoodSlideReferenceSolver {
  private static final int MOST_POSITIONS = 600_000;
  private static final String SHAPES = "SHVB";
  private static final int[] TALL = {1, 1, 2, 2};
  private static final int[] WIDE = {1, 2, 1, 2};

  /** The cells of a shape whose upper left is cell 0. */
  private static final int[] PATTERNS = {0b1, 0b11, 0b10001, 0b110011};

  private WoodSlideReferenceSolver() {}

  private record Position(int single, int wide, int tall, int square) {
    int of(int shape) {
      return switch (shape) {
        case 0 -> single;
        case 1 -> wide;
        case 2 -> tall;
        default -> square;
      };
    }

    Position with(int shape, int corners) {
      return new Position(
          shape == 0 ? corners : single,
          shape == 1 ? corners : wide,
          shape == 2 ? corners : tall,
          shape == 3 ? corners : square);
    }
  }

  static Optional<String> answer(WoodSlideScene scene) {
    Optional<Position> start = position(scene.start());
    Optional<Position> end = position(scene.end());
    if (start.isEmpty() || end.isEmpty()) {
      return Optional.empty();
    }
    for (int shape = 0; shape < 4; shape++) {
      if (Integer.bitCount(start.get().of(shape)) != Integer.bitCount(end.get().of(shape))) {
        return Optional.empty();
      }
    }
    Map<Position, Integer> moves = new HashMap<>();
    ArrayDeque<Position> queue = new ArrayDeque<>();
    moves.put(start.get(), 0);
    queue.add(start.get());
    while (!queue.isEmpty() && moves.size() < MOST_POSITIONS) {
      Position now = queue.remove();
      int done = moves.getOrDefault(now, 0);
      if (now.equals(end.get())) {
        return Optional.of(String.valueOf(done));
      }
      int filled = filled(now);
      for (int shape = 0; shape < 4; shape++) {
        for (int left = now.of(shape); left != 0; left &= left - 1) {
          int corner = Integer.numberOfTrailingZeros(left);
          int others = filled & ~(PATTERNS[shape] << corner);
          int row = corner / 4;
          int column = corner % 4;
          int[] targets = {
            row > 0 ? corner - 4 : -1,
            row + TALL[shape] < 5 ? corner + 4 : -1,
            column > 0 ? corner - 1 : -1,
            column + WIDE[shape] < 4 ? corner + 1 : -1
          };
          for (int target : targets) {
            if (target >= 0 && (others & PATTERNS[shape] << target) == 0) {
              Position next = now.with(shape, now.of(shape) ^ 1 << corner ^ 1 << target);
              if (moves.putIfAbsent(next, done + 1) == null) {
                queue.add(next);
              }
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  private static int filled(Position position) {
    int filled = 0;
    for (int shape = 0; shape < 4; shape++) {
      for (int left = position.of(shape); left != 0; left &= left - 1) {
        filled |= PATTERNS[shape] << Integer.numberOfTrailingZeros(left);
      }
    }
    return filled;
  }

  /** Cuts the letters into blocks from the upper left; empty where that fails. */
  private static Optional<Position> position(String board) {
    char[] letters = board.toCharArray();
    Position position = new Position(0, 0, 0, 0);
    for (int cell = 0; cell < 20; cell++) {
      char letter = letters[cell];
      if (letter == '.') {
        continue;
      }
      int shape = SHAPES.indexOf(letter);
      for (int i = 0; i < TALL[shape]; i++) {
        for (int j = 0; j < WIDE[shape]; j++) {
          int row = cell / 4 + i;
          int column = cell % 4 + j;
          if (row > 4 || column > 3 || letters[4 * row + column] != letter) {
            return Optional.empty();
          }
          letters[4 * row + column] = '.';
        }
      }
      position = position.with(shape, position.of(shape) | 1 << cell);
    }
    return filled(position) == 0 ? Optional.empty() : Optional.of(position);
  }
}
