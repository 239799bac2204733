package dev.sightline.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Unmodifiable deep copies of free JSON trees, which may hold nulls and keep their order. */
final class Trees {
  private Trees() {}

  static Map<String, Object> copyMap(Map<?, ?> map) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), copy(value)));
    return Collections.unmodifiableMap(copy);
  }

  @SuppressWarnings("NullAway") // a JSON tree holds nulls, which Map<String, Object> cannot say
  private static Object copy(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> copyMap(map);
      case List<?> list -> {
        List<Object> copies = new ArrayList<>();
        list.forEach(entry -> copies.add(copy(entry)));
        yield Collections.unmodifiableList(copies);
      }
      case null -> null;
      case Object scalar -> scalar;
    };
  }
}
