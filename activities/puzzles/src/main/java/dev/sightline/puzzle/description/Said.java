package dev.sightline.puzzle.description;

import dev.sightline.puzzle.DescriptionReading;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a text asserts.
 *
 * @param count facts asserted, repeats counted
 * @param sections each section as often as it stands there: a list of tables by name
 */
public record Said(int count, Map<String, List<List<List<String>>>> sections)
    implements DescriptionReading.Assertions {
  public Said {
    sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
  }
}
