package dev.sightline.puzzle.rubikscube;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The faces in the order of the scene's text. */
enum CubeFace {
  UP,
  LEFT,
  FRONT,
  RIGHT,
  BACK,
  DOWN;

  static final List<CubeFace> ALL = List.of(values());

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The first letter, which names turns too. */
  char letter() {
    return name().charAt(0);
  }

  static CubeFace of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  static CubeFace of(char letter) {
    return Arrays.stream(values())
        .filter(face -> face.letter() == letter)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no face of the cube is called '" + letter + "'"));
  }
}
