package dev.sightline.puzzle.dataset;

import dev.sightline.puzzle.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * An item's multiple choice.
 *
 * @param options distinct, in the order shown
 * @param right index of the right one
 * @param procedures what gives each option: the name of a mistake, {@link #RIGHT} for the right one
 */
public record Choices(List<String> options, int right, List<String> procedures) {
  /** The procedure of the right option. */
  public static final String RIGHT = "right";

  public Choices {
    options = List.copyOf(options);
    procedures = List.copyOf(procedures);
    if (options.size() < 2 || procedures.size() != options.size()) {
      throw new IllegalArgumentException(
          "choices have two or more options and a procedure for each: " + options + procedures);
    }
    if (new HashSet<>(options).size() != options.size()) {
      throw new IllegalArgumentException("options differ from each other: " + options);
    }
    if (right < 0 || right >= options.size() || !procedures.get(right).equals(RIGHT)) {
      throw new IllegalArgumentException("no right option at " + right + ": " + procedures);
    }
  }

  /** A tree for canonical JSON. */
  public Map<String, Object> toMap() {
    return Map.of("options", options, "right", right, "procedures", procedures);
  }

  /** Reads what {@link #toMap} wrote. */
  public static Choices fromMap(Map<?, ?> map) {
    return new Choices(
        Fields.texts(map, "options"),
        Fields.integer(map, "right"),
        Fields.texts(map, "procedures"));
  }
}
