package dev.sightline.puzzle.numberslide;

import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What wrong procedures answer. */
final class NumberSlideMistakes {
  private final NumberSlideScene scene;
  private final Question question;
  private final String board;
  private final int size;
  private final List<WrongAnswer> wrong = new ArrayList<>();

  private NumberSlideMistakes(NumberSlideScene scene, Question question) {
    this.scene = scene;
    this.question = question;
    this.board = NumberSlideSolver.board(scene);
    this.size = scene.size();
  }

  static List<WrongAnswer> of(NumberSlideScene scene, Question question) {
    NumberSlideMistakes mistakes = new NumberSlideMistakes(scene, question);
    switch (NumberSlideKind.of(question.kind())) {
      case POSITIONS -> mistakes.positions();
      case LEAST_SUM, GREATEST_SUM -> mistakes.sums();
      case AFTER_MOVES -> mistakes.path();
    }
    NumberSlideSolver.answer(scene, question)
        .map(Integer::parseInt)
        .ifPresent(
            right -> {
              mistakes.say("off-by-one-up", right + 1);
              mistakes.say("off-by-one-down", Math.max(1, right - 1));
            });
    return mistakes.wrong;
  }

  private void say(String procedure, int answer) {
    wrong.add(new WrongAnswer(procedure, Integer.toString(answer)));
  }

  private void positions() {
    int moves = question.integer("moves");
    Set<String> within = new LinkedHashSet<>();
    Set<String> layer = new LinkedHashSet<>(Set.of(board));
    Set<String> fresh = layer;
    within.add(board);
    for (int i = 0; i < moves; i++) {
      layer = NumberSlideSolver.next(layer, size);
      fresh = new LinkedHashSet<>(layer);
      fresh.removeAll(within);
      within.addAll(layer);
    }
    say("never-going-back", fresh.size());
    say("at-most-instead-of-exactly", within.size());
    say("start-not-counted", within.size() - 1);
    say("one-move-too-many", NumberSlideSolver.after(board, size, moves + 1).size());
    say("one-move-too-few", NumberSlideSolver.after(board, size, moves - 1).size());
  }

  private void sums() {
    boolean least = NumberSlideKind.of(question.kind()) == NumberSlideKind.LEAST_SUM;
    int moves = question.integer("moves");
    say("no-move", sum(board));
    say("one-move-too-few", best(NumberSlideSolver.after(board, size, moves - 1), least));
    say("one-move-too-many", best(NumberSlideSolver.after(board, size, moves + 1), least));
    say("other-extreme", best(NumberSlideSolver.after(board, size, moves), !least));
    String now = board;
    for (int i = 0; i < moves; i++) {
      int best = best(NumberSlideSolver.next(Set.of(now), size), least);
      for (String next : NumberSlideSolver.next(Set.of(now), size)) {
        if (sum(next) == best) {
          now = next;
          break;
        }
      }
    }
    say("greedy", sum(now));
  }

  private int best(Set<String> boards, boolean least) {
    var sums = boards.stream().mapToInt(this::sum);
    return (least ? sums.min() : sums.max()).orElseThrow();
  }

  private int sum(String end) {
    return NumberSlideSolver.value(NumberSlideSolver.line(end, size, question.text("line")), "sum");
  }

  private void path() {
    String line = question.text("line");
    String value = question.text("value");
    List<NumberSlideSolver.Direction> path = NumberSlideSolver.path(question);
    say("no-move", read(board, line, value));
    NumberSlideSolver.moved(board, size, path)
        .ifPresent(
            end -> {
              say("row-for-column", read(end, line.equals("row") ? "column" : "row", value));
              say("other-value", read(end, line, value.equals("greatest") ? "least" : "greatest"));
            });
    NumberSlideSolver.moved(board, size, path.subList(0, path.size() - 1))
        .ifPresent(end -> say("last-move-forgotten", read(end, line, value)));
    // Tiles move as told instead of the open position; where none can, the move is left out.
    String now = board;
    for (NumberSlideSolver.Direction direction : path) {
      now = NumberSlideSolver.move(now, size, opposite(direction)).orElse(now);
    }
    say("wrong-direction", read(now, line, value));
    int open = NumberSlideSolver.moved(board, size, path).map(end -> end.indexOf(0)).orElse(0);
    // Follows the open position but leaves every tile where it was.
    int sum = 0;
    for (int i = 0; i < size; i++) {
      sum += line.equals("row") ? scene.at(open / size, i) : scene.at(i, open % size);
    }
    if (value.equals("sum")) {
      say("tiles-not-moved", sum);
    }
  }

  private int read(String end, String line, String value) {
    return NumberSlideSolver.value(NumberSlideSolver.line(end, size, line), value);
  }

  private static NumberSlideSolver.Direction opposite(NumberSlideSolver.Direction direction) {
    return switch (direction) {
      case LEFT -> NumberSlideSolver.Direction.RIGHT;
      case RIGHT -> NumberSlideSolver.Direction.LEFT;
      case UP -> NumberSlideSolver.Direction.DOWN;
      case DOWN -> NumberSlideSolver.Direction.UP;
    };
  }
}
