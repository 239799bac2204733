package dev.sightline.puzzle.rubikscube;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Colours of stickers; grey stands where toys have white. */
enum CubeColour {
  RED('R'),
  GREEN('G'),
  BLUE('B'),
  YELLOW('Y'),
  ORANGE('O'),
  GREY('A');

  static final List<CubeColour> ALL = List.of(values());

  private final char letter;

  CubeColour(char letter) {
    this.letter = letter;
  }

  char letter() {
    return letter;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static CubeColour of(char letter) {
    return Arrays.stream(values())
        .filter(colour -> colour.letter == letter)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no sticker is '" + letter + "'"));
  }

  static CubeColour of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
