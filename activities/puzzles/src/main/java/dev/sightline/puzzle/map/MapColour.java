package dev.sightline.puzzle.map;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The four colours. */
enum MapColour {
  RED,
  GREEN,
  BLUE,
  YELLOW;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<MapColour> byWord(String word) {
    return Arrays.stream(values()).filter(colour -> colour.word().equals(word)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(MapColour::word).toList();
  }
}
