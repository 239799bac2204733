package dev.sightline.puzzle.rubikscube;

import dev.sightline.puzzle.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns layers of a cube in space: x to the right, y up, z to the front. A sticker is a cubie's
 * place, the direction that it faces, and a colour.
 */
final class RubiksCubeReferenceSolver {
  private static final String FACES = "ULFRBD";
  private static final int[][] NORMALS = {
    {0, 1, 0}, {-1, 0, 0}, {0, 0, 1}, {1, 0, 0}, {0, 0, -1}, {0, -1, 0}
  };
  private static final Map<String, Character> COLOURS =
      Map.of("red", 'R', "green", 'G', "blue", 'B', "yellow", 'Y', "orange", 'O', "grey", 'A');

  private RubiksCubeReferenceSolver() {}

  private record Sticker(int[] place, int[] normal, char colour) {}

  static Optional<String> answer(RubiksCubeScene scene, Question question) {
    List<Sticker> cube = new ArrayList<>();
    for (int face = 0; face < 6; face++) {
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 3; column++) {
          cube.add(
              new Sticker(
                  place(face, row, column),
                  NORMALS[face],
                  scene.stickers().charAt(9 * face + 3 * row + column)));
        }
      }
    }
    for (String word : question.text("turns").split(" ")) {
      int[] axis = NORMALS[FACES.indexOf(word.charAt(0))];
      int quarters = word.length() == 1 ? 1 : word.charAt(1) - '0';
      for (int quarter = 0; quarter < quarters; quarter++) {
        cube.replaceAll(
            sticker ->
                dot(sticker.place(), axis) == 1
                    ? new Sticker(
                        clockwise(sticker.place(), axis),
                        clockwise(sticker.normal(), axis),
                        sticker.colour())
                    : sticker);
      }
    }
    int face = FACES.indexOf(Character.toUpperCase(question.text("face").charAt(0)));
    if (question.kind().equals("count")) {
      char wanted = COLOURS.getOrDefault(question.text("colour"), '?');
      int count = 0;
      for (Sticker sticker : cube) {
        if (dot(sticker.normal(), NORMALS[face]) == 1 && wanted == sticker.colour()) {
          count++;
        }
      }
      return Optional.of(String.valueOf(count));
    }
    int[] place = place(face, question.integer("row") - 1, question.integer("column") - 1);
    for (Sticker sticker : cube) {
      if (dot(sticker.normal(), NORMALS[face]) == 1
          && java.util.Arrays.equals(sticker.place(), place)) {
        return COLOURS.entrySet().stream()
            .filter(entry -> entry.getValue().equals(sticker.colour()))
            .map(Map.Entry::getKey)
            .findAny();
      }
    }
    return Optional.empty();
  }

  /** Where the sticker of a face's row and column, as seen from outside, sits. */
  private static int[] place(int face, int row, int column) {
    int across = column - 1;
    int down = row - 1;
    return switch (FACES.charAt(face)) {
      case 'U' -> new int[] {across, 1, down};
      case 'D' -> new int[] {across, -1, -down};
      case 'F' -> new int[] {across, -down, 1};
      case 'B' -> new int[] {-across, -down, -1};
      case 'R' -> new int[] {1, -down, -across};
      default -> new int[] {-1, -down, across};
    };
  }

  /** A quarter turn, clockwise for one who looks against the axis. */
  private static int[] clockwise(int[] v, int[] axis) {
    int along = dot(v, axis);
    return new int[] {
      v[1] * axis[2] - v[2] * axis[1] + along * axis[0],
      v[2] * axis[0] - v[0] * axis[2] + along * axis[1],
      v[0] * axis[1] - v[1] * axis[0] + along * axis[2]
    };
  }

  private static int dot(int[] a, int[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}
