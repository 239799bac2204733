package dev.sightline.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sightline.foundation.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON columns. Numbers are equal by value, because jsonb spells numbers its own way. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Comparator<JsonNode> NUMBERS_BY_VALUE =
      (one, other) -> {
        if (one.isNumber() && other.isNumber()) {
          return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
      };

  private Json() {}

  static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL gave JSON that does not parse", e);
    }
  }

  static Digest digest(JsonNode json) {
    return Digest.ofCanonical(MAPPER.convertValue(json, Object.class));
  }

  static boolean same(@Nullable JsonNode one, @Nullable JsonNode other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.equals(NUMBERS_BY_VALUE, other);
  }

  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  static List<List<Integer>> indexLists(JsonNode json) {
    List<List<Integer>> lists = new ArrayList<>();
    for (JsonNode inner : (ArrayNode) json) {
      List<Integer> list = new ArrayList<>();
      inner.forEach(index -> list.add(index.intValue()));
      lists.add(list);
    }
    return lists;
  }
}
