package dev.sightline.puzzle.description;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * One named part of a description: a table of cells. All spelling is canonical after reading.
 *
 * @param name lower-case words, unique in the grammar
 * @param form how the table is written and scored
 * @param given whether the question gives it away or it never changes: then it is read and must be
 *     right for P, but is no fact
 * @param spelling canonical spelling of a cell, or empty where the text is no cell; for {@link
 *     Form#CELLS} it gets single characters
 * @param tolerance largest difference at which two integers of this section still count as one
 */
public record Section(
    String name,
    Form form,
    boolean given,
    Function<String, Optional<String>> spelling,
    int tolerance) {
  /** How a table is written. */
  public enum Form {
    /** Rows of single characters: {@code --F/-FF}. A fact is a place and its character. */
    CELLS,
    /** Rows of words or numbers between blanks: {@code 1 2/3 4}. A fact is a place and its word. */
    WORDS,
    /**
     * Rows in any order, each an object: {@code red square 2, blue circle 3}. A fact is a whole
     * object; an object described more than once counts once and one too many.
     */
    OBJECTS
  }

  /** A board of characters, such as {@code cells("board", "-FR")}; case does not matter. */
  public static Section cells(String name, String alphabet) {
    return new Section(name, Form.CELLS, false, text -> among(alphabet, text), 0);
  }

  /** Rows of words out of a closed list; case does not matter. */
  public static Section words(String name, Set<String> vocabulary) {
    return new Section(name, Form.WORDS, false, oneOf(vocabulary), 0);
  }

  /** Rows of integers. */
  public static Section numbers(String name, int least, int greatest) {
    return new Section(name, Form.WORDS, false, between(least, greatest), 0);
  }

  /** One integer that may be off by a little. */
  public static Section number(String name, int least, int greatest, int tolerance) {
    return new Section(name, Form.WORDS, false, between(least, greatest), tolerance);
  }

  /** Objects of words out of a closed list or integers in a range. */
  public static Section objects(String name, Set<String> vocabulary, int least, int greatest) {
    Function<String, Optional<String>> word = oneOf(vocabulary);
    Function<String, Optional<String>> number = between(least, greatest);
    return new Section(
        name, Form.OBJECTS, false, text -> word.apply(text).or(() -> number.apply(text)), 0);
  }

  /** This section, given away by the question or the same in every scene. */
  public Section givenAway() {
    return new Section(name, form, true, spelling, tolerance);
  }

  private static Optional<String> among(String alphabet, String text) {
    for (String candidate :
        List.of(text, text.toUpperCase(Locale.ROOT), text.toLowerCase(Locale.ROOT))) {
      if (candidate.length() == 1 && alphabet.contains(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static Function<String, Optional<String>> oneOf(Set<String> vocabulary) {
    Set<String> words = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    words.addAll(vocabulary);
    java.util.TreeMap<String, String> spellings =
        new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    words.forEach(word -> spellings.put(word, word));
    return text -> Optional.ofNullable(spellings.get(text));
  }

  private static Function<String, Optional<String>> between(int least, int greatest) {
    return text -> {
      if (text.isEmpty() || text.length() > 9 || !text.matches("[+-]?\\d+")) {
        return Optional.empty();
      }
      int value = Integer.parseInt(text);
      return value < least || value > greatest
          ? Optional.empty()
          : Optional.of(Integer.toString(value));
    };
  }
}
