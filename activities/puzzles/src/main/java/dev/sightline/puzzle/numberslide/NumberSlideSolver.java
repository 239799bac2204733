package dev.sightline.puzzle.numberslide;

import dev.sightline.puzzle.Question;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntBinaryOperator;

/** Goes from the set of boards after i moves to that after i + 1; a board is a text of numbers. */
final class NumberSlideSolver {
  private NumberSlideSolver() {}

  /** Where the open place goes. */
  enum Direction {
    LEFT(0, -1),
    RIGHT(0, 1),
    UP(-1, 0),
    DOWN(1, 0);

    private final int rows;
    private final int columns;

    Direction(int rows, int columns) {
      this.rows = rows;
      this.columns = columns;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Direction of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  static Optional<String> answer(NumberSlideScene scene, Question question) {
    String board = board(scene);
    int size = scene.size();
    if (board.indexOf(0) < 0 || board.indexOf(0) != board.lastIndexOf(0)) {
      return Optional.empty();
    }
    return switch (NumberSlideKind.of(question.kind())) {
      case POSITIONS -> whole(after(board, size, question.integer("moves")).size());
      case LEAST_SUM -> whole(extreme(board, size, question, Math::min));
      case GREATEST_SUM -> whole(extreme(board, size, question, Math::max));
      case AFTER_MOVES -> {
        Optional<String> end = moved(board, size, path(question));
        yield end.map(
            last ->
                Integer.toString(
                    value(line(last, size, question.text("line")), question.text("value"))));
      }
    };
  }

  private static Optional<String> whole(int value) {
    return Optional.of(Integer.toString(value));
  }

  static String board(NumberSlideScene scene) {
    StringBuilder out = new StringBuilder();
    scene.cells().forEach(number -> out.append((char) number.intValue()));
    return out.toString();
  }

  static List<Direction> path(Question question) {
    List<Direction> path = new ArrayList<>();
    for (String word : question.text("path").split(" ")) {
      path.add(Direction.of(word));
    }
    return path;
  }

  /** The board after one move, or empty where the open place would leave the board. */
  static Optional<String> move(String board, int size, Direction direction) {
    int open = board.indexOf(0);
    int row = open / size + direction.rows;
    int column = open % size + direction.columns;
    if (row < 0 || column < 0 || row >= size || column >= size) {
      return Optional.empty();
    }
    StringBuilder next = new StringBuilder(board);
    next.setCharAt(open, board.charAt(row * size + column));
    next.setCharAt(row * size + column, (char) 0);
    return Optional.of(next.toString());
  }

  static Optional<String> moved(String board, int size, List<Direction> path) {
    Optional<String> now = Optional.of(board);
    for (Direction direction : path) {
      now = now.flatMap(last -> move(last, size, direction));
    }
    return now;
  }

  /** All boards that can come of exactly so many moves; going back is allowed. */
  static Set<String> after(String board, int size, int moves) {
    Set<String> layer = new LinkedHashSet<>();
    layer.add(board);
    for (int i = 0; i < moves; i++) {
      layer = next(layer, size);
    }
    return layer;
  }

  static Set<String> next(Set<String> layer, int size) {
    Set<String> next = new LinkedHashSet<>();
    for (String last : layer) {
      for (Direction direction : Direction.values()) {
        move(last, size, direction).ifPresent(next::add);
      }
    }
    return next;
  }

  private static int extreme(String board, int size, Question question, IntBinaryOperator better) {
    return after(board, size, question.integer("moves")).stream()
        .mapToInt(end -> value(line(end, size, question.text("line")), "sum"))
        .reduce(better)
        .orElseThrow();
  }

  /** The numbers of a named outer line, or of the row or column of the open place. */
  static List<Integer> line(String board, int size, String name) {
    int open = board.indexOf(0);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int at =
          switch (name) {
            case "top-row" -> i;
            case "bottom-row" -> (size - 1) * size + i;
            case "left-column" -> i * size;
            case "right-column" -> i * size + size - 1;
            case "row" -> open / size * size + i;
            case "column" -> i * size + open % size;
            default -> throw new IllegalArgumentException("no line is called " + name);
          };
      numbers.add((int) board.charAt(at));
    }
    return numbers;
  }

  /** Sum, greatest or least of the numbers; the open place has none. */
  static int value(List<Integer> line, String name) {
    var tiles = line.stream().mapToInt(Integer::intValue).filter(number -> number > 0);
    return switch (name) {
      case "sum" -> tiles.sum();
      case "greatest" -> tiles.max().orElse(0);
      case "least" -> tiles.min().orElse(0);
      default -> throw new IllegalArgumentException("no value is called " + name);
    };
  }
}
