package dev.sightline.activity;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.foundation.CanonicalJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between plain trees, canonical bytes and JSON nodes. */
public final class Trees {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ObjectMapper RECORDS =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private Trees() {}

  public static byte[] bytes(Map<String, ? extends @Nullable Object> tree) {
    return CanonicalJson.bytes(tree);
  }

  /** Reads an object that was stored by {@link #bytes}. */
  public static Map<String, Object> read(byte[] json) {
    try {
      return MAPPER.readValue(json, MAP);
    } catch (IOException e) {
      throw new IllegalStateException("a stored artifact is not JSON", e);
    }
  }

  public static JsonNode node(Object tree) {
    return MAPPER.valueToTree(tree);
  }

  /** Reads a record that {@link #node} wrote; fields that it does not know are left out. */
  public static <T> T record(JsonNode node, Class<T> type) {
    return RECORDS.convertValue(node, type);
  }

  /** As {@link #record}, of every element; a missing list is an empty one. */
  public static <T> List<T> records(JsonNode list, Class<T> type) {
    return list.valueStream().map(node -> record(node, type)).toList();
  }

  public static Map<String, Object> map(JsonNode node) {
    return MAPPER.convertValue(node, MAP);
  }
}
