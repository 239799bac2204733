package dev.sightline.puzzle.numberslide;

import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Draws boards uniformly, then questions of the wanted amount of work. */
final class NumberSlideGenerator {
  /** Longest named sequence of moves. */
  static final int LONGEST_PATH = 40;

  static final List<String> LINES = List.of("top-row", "bottom-row", "left-column", "right-column");
  static final List<String> VALUES = List.of("sum", "greatest", "least");

  /** Of 100 boards so many are of 3, 4 and 5 places a side, as in AlgoPuzzleVQA. */
  static final int[] SHARES = {25, 45, 30};

  private NumberSlideGenerator() {}

  static NumberSlideScene board(SplittableRandom random, Optional<Integer> wantedSize) {
    int ticket = random.nextInt(100);
    int size = wantedSize.orElse(ticket < SHARES[0] ? 3 : ticket < SHARES[0] + SHARES[1] ? 4 : 5);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < size * size; i++) {
      numbers.add(random.nextInt(i + 1), i);
    }
    return new NumberSlideScene(size, numbers);
  }

  /**
   * A question of the level, or of any amount of work where the level is empty.
   *
   * @return empty if none of the wanted kinds can have that level here
   */
  static Optional<Question> question(
      NumberSlideScene scene,
      SplittableRandom random,
      Selection selection,
      Optional<Integer> level,
      NumberSlideFamily family) {
    List<String> kinds = new ArrayList<>(selection.questions());
    if (level.orElse(1) > 3) {
      kinds.remove(NumberSlideKind.AFTER_MOVES.wireName());
    }
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    NumberSlideKind kind = NumberSlideKind.of(kinds.get(random.nextInt(kinds.size())));
    Question question = Question.of(kind.wireName());
    if (kind == NumberSlideKind.AFTER_MOVES) {
      int length = length(random, level);
      return Optional.of(
          question
              .with("path", path(scene, random, length))
              .with("line", random.nextBoolean() ? "row" : "column")
              .with("value", VALUES.get(random.nextInt(VALUES.size()))));
    }
    List<Integer> possible = new ArrayList<>();
    int open = scene.cells().indexOf(0);
    for (int moves = 1; moves <= NumberSlideWork.MOST_MOVES; moves++) {
      int slides = NumberSlideWork.slides(scene.size(), open, moves);
      boolean fits = level.isEmpty() || family.difficultyScale().level(slides) == level.get();
      if (fits && slides <= NumberSlideWork.MOST_WORK) {
        possible.add(moves);
      }
    }
    if (possible.isEmpty()) {
      return Optional.empty();
    }
    question = question.with("moves", possible.get(random.nextInt(possible.size())));
    if (kind == NumberSlideKind.POSITIONS) {
      return Optional.of(question);
    }
    List<String> changing = changing(scene, question.integer("moves"));
    if (changing.isEmpty()) {
      return kinds.contains(NumberSlideKind.POSITIONS.wireName())
          ? Optional.of(
              Question.of(NumberSlideKind.POSITIONS.wireName())
                  .with("moves", question.integer("moves")))
          : Optional.empty();
    }
    return Optional.of(question.with("line", changing.get(random.nextInt(changing.size()))));
  }

  /** Lines whose sum the moves can change: others would be answered by reading alone. */
  private static List<String> changing(NumberSlideScene scene, int moves) {
    List<String> changing = new ArrayList<>();
    var ends = NumberSlideSolver.after(NumberSlideSolver.board(scene), scene.size(), moves);
    for (String line : LINES) {
      long sums =
          ends.stream()
              .map(
                  end ->
                      NumberSlideSolver.value(
                          NumberSlideSolver.line(end, scene.size(), line), "sum"))
              .distinct()
              .count();
      if (sums > 1) {
        changing.add(line);
      }
    }
    return changing;
  }

  private static int length(SplittableRandom random, Optional<Integer> level) {
    return switch (level.orElse(0)) {
      case 1 -> random.nextInt(2, 5);
      case 2 -> random.nextInt(5, 21);
      case 3 -> random.nextInt(21, LONGEST_PATH + 1);
      default -> random.nextInt(2, LONGEST_PATH + 1);
    };
  }

  private static String path(NumberSlideScene scene, SplittableRandom random, int length) {
    NumberSlideSolver.Direction[] all = NumberSlideSolver.Direction.values();
    String board = NumberSlideSolver.board(scene);
    List<String> words = new ArrayList<>();
    while (words.size() < length) {
      NumberSlideSolver.Direction direction = all[random.nextInt(all.length)];
      Optional<String> next = NumberSlideSolver.move(board, scene.size(), direction);
      if (next.isPresent()) {
        board = next.get();
        words.add(direction.word());
      }
    }
    return String.join(" ", words);
  }
}
