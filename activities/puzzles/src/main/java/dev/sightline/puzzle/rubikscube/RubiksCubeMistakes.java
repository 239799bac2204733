package dev.sightline.puzzle.rubikscube;

import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.rubikscube.RubiksCubeSolver.Turn;
import java.util.ArrayList;
import java.util.List;

/** What wrong procedures answer. */
final class RubiksCubeMistakes {
  private RubiksCubeMistakes() {}

  static List<WrongAnswer> of(RubiksCubeScene scene, Question question) {
    List<Turn> turns = RubiksCubeSolver.turns(question);
    List<WrongAnswer> wrong = new ArrayList<>();
    add(wrong, "wrong-direction", scene, question, all(turns, turn -> 4 - turn.quarters()));
    add(wrong, "no-turns", scene, question, List.of());
    add(wrong, "last-turn-forgotten", scene, question, turns.subList(0, turns.size() - 1));
    add(wrong, "first-turn-forgotten", scene, question, turns.subList(1, turns.size()));
    add(wrong, "numbers-ignored", scene, question, all(turns, turn -> 1));
    add(wrong, "reversed-order", scene, question, turns.reversed());
    // Back, left and down taken clockwise as seen from the front, the right and above.
    add(
        wrong,
        "seen-through-the-cube",
        scene,
        question,
        all(
            turns,
            turn ->
                switch (turn.face()) {
                  case BACK, LEFT, DOWN -> 4 - turn.quarters();
                  case UP, FRONT, RIGHT -> turn.quarters();
                }));
    String end = RubiksCubeSolver.after(scene.stickers(), turns);
    CubeFace face = CubeFace.of(question.text("face"));
    for (CubeFace other : List.of(opposite(face), beside(face))) {
      say(
          wrong,
          other == opposite(face) ? "opposite-face" : "neighbouring-face",
          RubiksCubeSolver.read(end, question.with("face", other.word())));
    }
    if (question.kind().equals(RubiksCubeFamily.COUNT)) {
      int right = Integer.parseInt(RubiksCubeSolver.read(end, question));
      say(wrong, "off-by-one-up", Integer.toString(Math.min(9, right + 1)));
      say(wrong, "off-by-one-down", Integer.toString(Math.max(0, right - 1)));
      say(wrong, "a-row-more", Integer.toString(Math.min(9, right + 3)));
      return wrong;
    }
    int row = question.integer("row");
    int column = question.integer("column");
    say(
        wrong,
        "row-for-column",
        RubiksCubeSolver.read(end, question.with("row", column).with("column", row)));
    say(wrong, "mirrored", RubiksCubeSolver.read(end, question.with("column", 4 - column)));
    say(wrong, "upside-down", RubiksCubeSolver.read(end, question.with("row", 4 - row)));
    say(wrong, "centre", RubiksCubeSolver.read(end, question.with("row", 2).with("column", 2)));
    return wrong;
  }

  private static CubeFace opposite(CubeFace face) {
    return switch (face) {
      case UP -> CubeFace.DOWN;
      case DOWN -> CubeFace.UP;
      case LEFT -> CubeFace.RIGHT;
      case RIGHT -> CubeFace.LEFT;
      case FRONT -> CubeFace.BACK;
      case BACK -> CubeFace.FRONT;
    };
  }

  /** The face that the net shows beside it. */
  private static CubeFace beside(CubeFace face) {
    return switch (face) {
      case UP, DOWN, LEFT, RIGHT -> CubeFace.FRONT;
      case FRONT, BACK -> CubeFace.RIGHT;
    };
  }

  private static List<Turn> all(List<Turn> turns, java.util.function.ToIntFunction<Turn> quarters) {
    return turns.stream().map(turn -> turn.with(quarters.applyAsInt(turn))).toList();
  }

  private static void add(
      List<WrongAnswer> wrong,
      String procedure,
      RubiksCubeScene scene,
      Question question,
      List<Turn> turns) {
    say(
        wrong,
        procedure,
        RubiksCubeSolver.read(RubiksCubeSolver.after(scene.stickers(), turns), question));
  }

  private static void say(List<WrongAnswer> wrong, String procedure, String answer) {
    wrong.add(new WrongAnswer(procedure, answer));
  }
}
