package dev.sightline.puzzle.rubikscube;

import dev.sightline.puzzle.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries stickers along four strips and around the face that turns. */
final class RubiksCubeSolver {
  /** Where a sticker of a face goes in a clockwise quarter turn of that face. */
  private static final int[] AROUND = {2, 5, 8, 1, 4, 7, 0, 3, 6};

  /**
   * For a clockwise quarter turn of up, left, front, right, back, down: the strips of three
   * stickers in the order in which they follow each other; the last goes to the first.
   */
  private static final int[][][] STRIPS = {
    {strip(2, 0, 1, 2), strip(1, 0, 1, 2), strip(4, 0, 1, 2), strip(3, 0, 1, 2)},
    {strip(0, 0, 3, 6), strip(2, 0, 3, 6), strip(5, 0, 3, 6), strip(4, 8, 5, 2)},
    {strip(0, 6, 7, 8), strip(3, 0, 3, 6), strip(5, 2, 1, 0), strip(1, 8, 5, 2)},
    {strip(2, 2, 5, 8), strip(0, 2, 5, 8), strip(4, 6, 3, 0), strip(5, 2, 5, 8)},
    {strip(0, 2, 1, 0), strip(1, 0, 3, 6), strip(5, 6, 7, 8), strip(3, 8, 5, 2)},
    {strip(2, 6, 7, 8), strip(3, 6, 7, 8), strip(4, 6, 7, 8), strip(1, 6, 7, 8)}
  };

  private RubiksCubeSolver() {}

  /**
   * One letter of a sequence.
   *
   * @param quarters clockwise quarter turns, 1 to 3
   */
  record Turn(CubeFace face, int quarters) {
    @Override
    public String toString() {
      return face.letter() + (quarters == 1 ? "" : Integer.toString(quarters));
    }

    Turn with(int otherQuarters) {
      return new Turn(face, otherQuarters);
    }
  }

  private static int[] strip(int face, int a, int b, int c) {
    return new int[] {9 * face + a, 9 * face + b, 9 * face + c};
  }

  static Optional<String> answer(RubiksCubeScene scene, Question question) {
    return Optional.of(read(after(scene.stickers(), turns(question)), question));
  }

  /** What a state answers to the query of a question. */
  static String read(String stickers, Question question) {
    CubeFace face = CubeFace.of(question.text("face"));
    return switch (question.kind()) {
      case RubiksCubeFamily.COUNT ->
          Long.toString(count(stickers, face, CubeColour.of(question.text("colour"))));
      case RubiksCubeFamily.STICKER ->
          CubeColour.of(
                  stickers.charAt(
                      at(face, question.integer("row") - 1, question.integer("column") - 1)))
              .word();
      default -> throw new IllegalArgumentException("rubiks_cube asks no " + question.kind());
    };
  }

  static long count(String stickers, CubeFace face, CubeColour colour) {
    int first = 9 * face.ordinal();
    return stickers.substring(first, first + 9).chars().filter(s -> s == colour.letter()).count();
  }

  /** The index of a sticker; rows and columns from 0. */
  static int at(CubeFace face, int row, int column) {
    return 9 * face.ordinal() + 3 * row + column;
  }

  static List<Turn> turns(Question question) {
    List<Turn> turns = new ArrayList<>();
    for (String word : question.text("turns").split(" ")) {
      int quarters = word.length() == 1 ? 1 : Integer.parseInt(word.substring(1));
      if (quarters < 1 || quarters > 3) {
        throw new IllegalArgumentException("a turn is by 1 to 3 quarters, not " + word);
      }
      turns.add(new Turn(CubeFace.of(word.charAt(0)), quarters));
    }
    return turns;
  }

  static String after(String stickers, List<Turn> turns) {
    char[] now = stickers.toCharArray();
    for (Turn turn : turns) {
      for (int quarter = 0; quarter < turn.quarters(); quarter++) {
        turn(now, turn.face().ordinal());
      }
    }
    return new String(now);
  }

  private static void turn(char[] stickers, int face) {
    char[] old = stickers.clone();
    for (int i = 0; i < 9; i++) {
      stickers[9 * face + AROUND[i]] = old[9 * face + i];
    }
    int[][] strips = STRIPS[face];
    for (int strip = 0; strip < 4; strip++) {
      for (int i = 0; i < 3; i++) {
        stickers[strips[(strip + 1) % 4][i]] = old[strips[strip][i]];
      }
    }
  }
}
