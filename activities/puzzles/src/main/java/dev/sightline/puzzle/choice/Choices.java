package dev.sightline.puzzle.choice;

import dev.sightline.puzzle.Fields;
import java.util.List;
import java.util.Map;

/**
 * The options of an item.
 *
 * @param options distinct answers, one of them right
 * @param right index of the right one
 * @param procedures for each option the mistake that gives it for this item, {@link #RIGHT}, or
 *     {@link #OTHER_ITEM} where it is only another item's answer
 */
public record Choices(List<String> options, int right, List<String> procedures) {
  public static final String RIGHT = "right";
  public static final String OTHER_ITEM = "another-item";

  public Choices {
    options = List.copyOf(options);
    procedures = List.copyOf(procedures);
    if (options.size() < 2
        || options.size() != procedures.size()
        || right < 0
        || right >= options.size()
        || options.stream().distinct().count() != options.size()) {
      throw new IllegalArgumentException("no choices: " + options + ", right " + right);
    }
  }

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
