package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.description.Section;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The vocabularies of the patterns and the sections of their grammars. */
final class Words {
  static final String MISSING = "?";

  static final String COLOURS = "colours";
  static final String NUMBERS = "numbers";
  static final String SIZES = "sizes";
  static final String SHAPES = "shapes";
  static final String LENGTHS = "lengths";
  static final String SIDES = "sides";
  static final String SHADES = "shades";
  static final String HUES = "hues";
  static final String SQUARES = "squares";
  static final String OVERLAPS = "overlaps";
  static final String CENTRE = "centre";
  static final String STEPS = "steps";

  /** All at least 20 apart by CIEDE2000 in every palette (a test asks). */
  static final List<String> COLOUR_WORDS =
      List.of("red", "orange", "yellow", "green", "blue", "purple", "brown", "cyan");

  static final List<String> SIZE_WORDS = List.of("small", "medium", "large", "huge");

  static final List<String> SHAPE_WORDS =
      List.of("triangle", "square", "pentagon", "hexagon", "circle", "star", "cross");

  private Words() {}

  /** The names of so many sizes that are in use together, from the smallest. */
  static List<String> sizes(int count) {
    return count == 2 ? List.of("small", "large") : SIZE_WORDS.subList(0, count);
  }

  /** What a question says of sizes. */
  static final String SIZE_NAMES =
      "Two sizes are called small and large, three small, medium and large, four small, medium,"
          + " large and huge.";

  static final String COLOUR_ANSWER = "Answer with one of: " + listed(COLOUR_WORDS) + ".";

  static final String SHAPE_ANSWER = "Answer with one of: " + listed(SHAPE_WORDS) + ".";

  static final String SIZE_ANSWER = SIZE_NAMES + " Answer with one of: " + listed(SIZE_WORDS) + ".";

  static final String NUMBER_ANSWER = "Answer with the number.";

  static String listed(Collection<String> words) {
    return String.join(", ", words);
  }

  /** A table of words of which one may be missing. */
  static Section words(String name, Collection<String> vocabulary) {
    Set<String> all = new LinkedHashSet<>(vocabulary);
    all.add(MISSING);
    return Section.words(name, all);
  }

  /** A table of numbers of which one may be missing. */
  static Section numbers(String name, int least, int greatest) {
    Section plain = Section.numbers(name, least, greatest);
    return new Section(
        name,
        Section.Form.WORDS,
        false,
        text -> text.equals(MISSING) ? Optional.of(MISSING) : plain.spelling().apply(text),
        0);
  }
}
