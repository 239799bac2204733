package dev.sightline.triton.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ordered maps with null values, which {@link Map#of} refuses. */
final class Trees {
  private Trees() {}

  /** Takes key, value, key, value... */
  static Map<String, @Nullable Object> of(@Nullable Object... pairs) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      if (!(pairs[i] instanceof String key)) {
        throw new IllegalArgumentException("key " + i / 2 + " of a tree is not a string");
      }
      tree.put(key, pairs[i + 1]);
    }
    return tree;
  }

  /** Puts a value that there is; fields that came later stay out of payloads without them. */
  static void putGiven(Map<String, @Nullable Object> tree, String key, @Nullable Object value) {
    if (value != null) {
      tree.put(key, value);
    }
  }
}
