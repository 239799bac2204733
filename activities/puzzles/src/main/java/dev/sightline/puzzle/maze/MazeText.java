package dev.sightline.puzzle.maze;

import dev.sightline.puzzle.Question;

/** The questions in words. */
final class MazeText {
  private MazeText() {}

  static String ask(Question question) {
    String rules =
        "The image shows a maze of square cells: dark ones are walls, light ones are open. The green"
            + " arrow points into the entry cell, the blue arrow out of the exit cell. A step goes"
            + " from an open cell to an open cell directly above, below, left or right of it. Walk"
            + " from the entry cell to the exit cell through as few cells as possible; among equally"
            + " short paths take one with as few turns as possible. ";
    return rules
        + switch (MazeKind.of(question.kind())) {
          case CELLS ->
              "How many cells do you visit, entry cell and exit cell included? Answer with a whole"
                  + " number.";
          case LEFT_TURNS -> turns("turns to the left");
          case RIGHT_TURNS -> turns("turns to the right");
          case TURNS -> turns("turns, to the left and to the right together,");
        };
  }

  private static String turns(String what) {
    return "A turn is where a step goes in another direction than the step before; left and right"
        + " are as seen by the walker. How many "
        + what
        + " do you make between entry and exit? Answer with a whole number.";
  }
}
