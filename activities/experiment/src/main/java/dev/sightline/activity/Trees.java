package dev.sightline.activity;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.foundation.CanonicalJson;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Between plain trees, canonical bytes and JSON nodes. */
public final class Trees {
  private static final ObjectMapper MAPPER = new ObjectMapper();
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

  public static Map<String, Object> map(JsonNode node) {
    return MAPPER.convertValue(node, MAP);
  }
}
