package dev.sightline.puzzle.map;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The four colours. */
enum MapColour {
  RED,
  GREEN,
  BLUE,
  YELLOW;

  private static final List<String> WORDS = Stream.of(values()).map(MapColour::word).toList();
  private static final List<Optional<MapColour>> FOUND =
      Stream.of(values()).map(Optional::of).toList();

  private final String word = name().toLowerCase(Locale.ROOT);

  String word() {
    return word;
  }

  static Optional<MapColour> byWord(String word) {
    int index = WORDS.indexOf(word);
    return index < 0 ? Optional.empty() : FOUND.get(index);
  }

  static List<String> words() {
    return WORDS;
  }
}
