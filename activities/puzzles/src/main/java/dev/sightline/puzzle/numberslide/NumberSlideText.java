package dev.sightline.puzzle.numberslide;

import dev.sightline.puzzle.Question;

/** The questions in words. */
final class NumberSlideText {
  private NumberSlideText() {}

  static String ask(NumberSlideScene scene, Question question) {
    int size = scene.size();
    String rules =
        ("The image shows a sliding puzzle of %d x %d positions with %d numbered tiles and one open"
                + " position. A move exchanges the open position with a tile directly to its left,"
                + " right, above or below; nothing else moves, and no tile leaves the board. ")
            .formatted(size, size, size * size - 1);
    return rules
        + switch (NumberSlideKind.of(question.kind())) {
          case POSITIONS ->
              exactly(question)
                  + " How many different boards can you end with? Answer with a whole number.";
          case LEAST_SUM -> exactly(question) + sum("least", question);
          case GREATEST_SUM -> exactly(question) + sum("greatest", question);
          case AFTER_MOVES -> after(question);
        };
  }

  private static String exactly(Question question) {
    int moves = question.integer("moves");
    return moves == 1
        ? "Starting from the board shown you make exactly 1 move."
        : ("Starting from the board shown you make exactly %d moves; you may undo a move by a later"
                + " one, and both count.")
            .formatted(moves);
  }

  private static String sum(String extreme, Question question) {
    return (" What is the %s sum that the tiles in the %s can have at the end? The open position"
            + " counts as 0. Answer with a whole number.")
        .formatted(extreme, question.text("line").replace('-', ' '));
  }

  private static String after(Question question) {
    String path = question.text("path").replace(" ", ", ");
    String what =
        switch (question.text("value")) {
          case "sum" -> "the sum of the numbers";
          case "greatest" -> "the greatest number";
          default -> "the least number on a tile";
        };
    return ("Starting from the board shown the open position moves as follows: %s. What is %s in the"
            + " %s that then holds the open position? Answer with a whole number.")
        .formatted(path, what, question.text("line"));
  }
}
