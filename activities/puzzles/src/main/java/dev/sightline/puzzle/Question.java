package dev.sightline.puzzle;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is asked about a scene: a kind and its parameters, such as {@code ("ago", {hours: 2,
 * minutes: 8})}. The text is made from it; the solvers read it, never the text.
 *
 * @param kind lower-case with hyphens; a family has one or more
 * @param parameters values as text, sorted by name
 */
public record Question(String kind, Map<String, String> parameters) {
  public Question {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /** A question without parameters. */
  public static Question of(String kind) {
    return new Question(kind, Map.of());
  }

  /** This question with one more parameter. */
  public Question with(String name, Object value) {
    Map<String, String> more = new TreeMap<>(parameters);
    more.put(name, String.valueOf(value));
    return new Question(kind, more);
  }

  /** A parameter that must be there. */
  public String text(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("question '" + kind + "' has no parameter " + name);
    }
    return value;
  }

  /** A parameter that must be there and be an integer. */
  public int integer(String name) {
    String value = text(name);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "question '" + kind + "': parameter " + name + " must be an integer, but is " + value, e);
    }
  }

  public Map<String, Object> toMap() {
    return Map.of("kind", kind, "parameters", parameters);
  }

  /** Reads what {@link #toMap} wrote. */
  public static Question fromMap(Map<?, ?> map) {
    Map<String, String> parameters = new TreeMap<>();
    Fields.map(map, "parameters")
        .forEach((name, value) -> parameters.put(name, String.valueOf(value)));
    return new Question(Fields.text(map, "kind"), parameters);
  }
}
