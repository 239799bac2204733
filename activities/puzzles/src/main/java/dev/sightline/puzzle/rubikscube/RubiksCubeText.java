package dev.sightline.puzzle.rubikscube;

import dev.sightline.puzzle.Question;
import java.util.List;

/** The questions in words. */
final class RubiksCubeText {
  private RubiksCubeText() {}

  static String ask(Question question) {
    List<RubiksCubeSolver.Turn> turns = RubiksCubeSolver.turns(question);
    String sequence = question.text("turns");
    String rules =
        "The image shows the unfolded net of a Rubik's cube of 3 x 3 x 3. From left to right stand"
            + " the faces Left, Front, Right and Back; Up stands above Front and Down below it."
            + " Each face is drawn as seen from outside, and Up and Down touch Front as drawn."
            + " A letter stands for a quarter turn of a face, clockwise as seen from outside that"
            + " face: U up, D down, L left, R right, F front, B back. A number after a letter tells"
            + " how many such quarter turns: R2 turns the right face by 180 degrees, R3 by 270. ";
    String query =
        question.kind().equals(RubiksCubeFamily.COUNT)
            ? "How many of the nine stickers of the %s face are %s then? Answer with a whole number."
                .formatted(question.text("face"), question.text("colour"))
            : ("Which colour is then in row %d, column %d of the %s face, as the net would show it?"
                    + " Rows are counted from the top, columns from the left, both from 1. Answer"
                    + " red, green, blue, yellow, orange or grey.")
                .formatted(
                    question.integer("row"), question.integer("column"), question.text("face"));
    String done =
        turns.size() == 1
            ? "From the state shown one turn is made: %s. "
            : "From the state shown these turns are made in this order: %s. ";
    return rules + done.formatted(sequence) + query;
  }
}
