package dev.sightline.puzzle.kiwi;

import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Scene;

/** Boards with the family's question. */
final class Boards {
  private Boards() {}

  static Puzzle ask(Scene board) {
    return new Puzzle(board, Question.of(KiwiFamily.MINUTES));
  }
}
