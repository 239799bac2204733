package dev.sightline.puzzle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Typed reads out of the maps that JSON gives; a wrong one names the field. */
public final class Fields {
  private Fields() {}

  public static String text(Map<?, ?> map, String field) {
    if (map.get(field) instanceof String text) {
      return text;
    }
    throw wrong(map, field, "a text");
  }

  /** An integer, also one that a JSON reader gave as a long or as an integral double. */
  public static int integer(Map<?, ?> map, String field) {
    Integer value = asInteger(map.get(field));
    if (value == null) {
      throw wrong(map, field, "an integer");
    }
    return value;
  }

  /** The value as an int, or null where it is none. */
  public static @Nullable Integer asInteger(@Nullable Object value) {
    if (value instanceof Number number) {
      double real = number.doubleValue();
      if (real == Math.rint(real) && Math.abs(real) <= Integer.MAX_VALUE) {
        return (int) real;
      }
    }
    return null;
  }

  /** A number of any kind. */
  public static double real(Map<?, ?> map, String field) {
    if (map.get(field) instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(map, field, "a number");
  }

  public static Map<String, Object> map(Map<?, ?> map, String field) {
    if (map.get(field) instanceof Map<?, ?> inner) {
      Map<String, Object> copy = new LinkedHashMap<>();
      inner.forEach((key, value) -> copy.put(String.valueOf(key), value));
      return copy;
    }
    throw wrong(map, field, "an object");
  }

  /** A list of texts. */
  public static List<String> texts(Map<?, ?> map, String field) {
    if (map.get(field) instanceof List<?> list
        && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String::valueOf).toList();
    }
    throw wrong(map, field, "a list of texts");
  }

  public static List<Map<?, ?>> maps(Map<?, ?> map, String field) {
    if (!(map.get(field) instanceof List<?> list)) {
      throw wrong(map, field, "a list");
    }
    List<Map<?, ?>> out = new ArrayList<>(list.size());
    for (Object element : list) {
      if (!(element instanceof Map<?, ?> inner)) {
        throw wrong(map, field, "a list of objects");
      }
      out.add(inner);
    }
    return out;
  }

  /** An object of integers. */
  public static Map<String, Integer> integers(Map<?, ?> map, String field) {
    Map<String, Integer> copy = new LinkedHashMap<>();
    Map<String, Object> inner = map(map, field);
    inner.forEach((key, value) -> copy.put(key, integer(inner, key)));
    return copy;
  }

  private static IllegalArgumentException wrong(Map<?, ?> map, String field, String wanted) {
    return new IllegalArgumentException(
        "field '" + field + "' must be " + wanted + ", but is " + map.get(field));
  }
}
