package dev.sightline.puzzle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a family's raw configuration field by field, remembers what was read with defaults filled
 * in, and refuses fields that nobody asked for. One use, one thread.
 */
public final class ConfigFields {
  private final Map<String, ?> raw;
  private final Map<String, Object> resolved = new TreeMap<>();
  private final Set<String> known = new TreeSet<>();

  public ConfigFields(Map<String, ?> raw) {
    this.raw = raw;
  }

  /** An integer between two bounds, both included. */
  public int integer(String field, int otherwise, int least, int greatest) {
    int value = optionalInteger(field, least, greatest).orElse(otherwise);
    resolved.put(field, value);
    return value;
  }

  /**
   * A least and a greatest integer: the fields minimum... and maximum..., both between the limits.
   *
   * @param what the end of both names, such as "Disks"
   * @param usual the two where they are not given; a given least raises the greatest
   */
  public Selection.Range span(String what, Selection.Range usual, Selection.Range limits) {
    int least = integer("minimum" + what, usual.least(), limits.least(), limits.greatest());
    int greatest =
        integer(
            "maximum" + what, Math.max(least, usual.greatest()), limits.least(), limits.greatest());
    if (least > greatest) {
      throw new InvalidConfigException(
          "maximum" + what,
          "is " + greatest + ", less than minimum" + what + " " + least,
          "use at least " + least);
    }
    return new Selection.Range(least, greatest);
  }

  /** An integer between two bounds where the field is there; absent fields stay absent. */
  public Optional<Integer> optionalInteger(String field, int least, int greatest) {
    known.add(field);
    if (!raw.containsKey(field)) {
      return Optional.empty();
    }
    Integer value = Fields.asInteger(raw.get(field));
    if (value == null || value < least || value > greatest) {
      throw new InvalidConfigException(
          field, "is " + raw.get(field), "use an integer from " + least + " to " + greatest);
    }
    resolved.put(field, value);
    return Optional.of(value);
  }

  /** True or false. */
  public boolean flag(String field, boolean otherwise) {
    known.add(field);
    Object value = raw.containsKey(field) ? raw.get(field) : (Object) otherwise;
    if (!(value instanceof Boolean flag)) {
      throw new InvalidConfigException(field, "is " + value, "use true or false");
    }
    resolved.put(field, flag);
    return flag;
  }

  /** One of some words. */
  public String choice(String field, String otherwise, List<String> words) {
    known.add(field);
    Object value = raw.containsKey(field) ? raw.get(field) : otherwise;
    if (!(value instanceof String word) || !words.contains(word)) {
      throw new InvalidConfigException(
          field, "is '" + value + "'", "use one of " + String.join(", ", words));
    }
    resolved.put(field, word);
    return word;
  }

  /** Some of the words, all of them by default; at least one, in the order of {@code words}. */
  public Set<String> subset(String field, List<String> words) {
    known.add(field);
    Set<String> chosen = new LinkedHashSet<>(words);
    if (raw.containsKey(field)) {
      Object value = raw.get(field);
      if (!(value instanceof Collection<?> list)
          || list.isEmpty()
          || !words.containsAll(list.stream().map(String::valueOf).toList())) {
        throw new InvalidConfigException(
            field, "is " + value, "use a list out of " + String.join(", ", words));
      }
      chosen.retainAll(list.stream().map(String::valueOf).toList());
    }
    resolved.put(field, List.copyOf(chosen));
    return Collections.unmodifiableSet(chosen);
  }

  /** Ranges by name, each a list of least and greatest; absent stays absent. */
  Map<String, Selection.Range> ranges(String field, Set<String> names) {
    known.add(field);
    Map<String, Selection.Range> ranges = new TreeMap<>();
    if (!raw.containsKey(field)) {
      return ranges;
    }
    if (!(raw.get(field) instanceof Map<?, ?> map)) {
      throw new InvalidConfigException(
          field, "is " + raw.get(field), "use names and ranges such as {depth: [3, 8]}");
    }
    Map<String, Object> written = new TreeMap<>();
    map.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          String path = field + "." + name;
          if (!names.contains(name)) {
            throw new InvalidConfigException(
                path, "unknown measure", "use one of " + new TreeSet<>(names));
          }
          List<Integer> pair = new ArrayList<>();
          if (value instanceof List<?> list) {
            list.forEach(
                element -> {
                  Integer number = Fields.asInteger(element);
                  if (number != null) {
                    pair.add(number);
                  }
                });
          }
          if (pair.size() != 2 || pair.get(0) > pair.get(1)) {
            throw new InvalidConfigException(
                path, "is " + value, "use the least and the greatest value, such as [3, 8]");
          }
          ranges.put(name, new Selection.Range(pair.get(0), pair.get(1)));
          written.put(name, List.copyOf(pair));
        });
    resolved.put(field, written);
    return ranges;
  }

  /**
   * The configuration with defaults filled in.
   *
   * @throws InvalidConfigException for a field that was never asked for
   */
  public Map<String, Object> finish() {
    for (String field : new TreeSet<>(raw.keySet())) {
      if (!known.contains(field)) {
        throw new InvalidConfigException(
            field, "unknown field", "use only " + String.join(", ", known));
      }
    }
    return Collections.unmodifiableMap(new TreeMap<>(resolved));
  }
}
