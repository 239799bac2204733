package dev.sightline.triton.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of the server while it is read. A field that is missing or of the wrong type is a
 * PROTOCOL_VIOLATION naming it; unknown fields pass, so that a newer server can say more.
 */
final class JsonFields {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode node;
  private final String where;

  private JsonFields(JsonNode node, String where) {
    this.node = node;
    this.where = where;
    if (!node.isObject()) {
      throw violation(where, "an object");
    }
  }

  static JsonFields parse(byte[] json, String where) {
    try {
      return new JsonFields(JSON.readTree(json), where);
    } catch (IOException e) {
      throw new SightlineException(
          FailureType.PROTOCOL_VIOLATION, where + " is not JSON; update the older side", e);
    }
  }

  String text(String name) {
    JsonNode value = get(name);
    if (value == null || !value.isTextual()) {
      throw violation(path(name), "a string");
    }
    return value.textValue();
  }

  @Nullable String optionalText(String name) {
    return get(name) == null ? null : text(name);
  }

  Digest digest(String name) {
    try {
      return new Digest(text(name));
    } catch (IllegalArgumentException e) {
      throw violation(path(name), "64 lower-case hex digits");
    }
  }

  @Nullable Digest optionalDigest(String name) {
    return get(name) == null ? null : digest(name);
  }

  Number number(String name) {
    JsonNode value = get(name);
    if (value == null || !value.isNumber()) {
      throw violation(path(name), "a number");
    }
    return value.numberValue();
  }

  @Nullable Double optionalNumber(String name) {
    return get(name) == null ? null : (Double) number(name).doubleValue();
  }

  long count(String name) {
    double value = number(name).doubleValue();
    // Canonical JSON has one number type: 3.0 and 3 are the same.
    if (value != Math.rint(value) || value < 0) {
      throw violation(path(name), "a whole number from 0");
    }
    return (long) value;
  }

  @Nullable Long optionalCount(String name) {
    return get(name) == null ? null : count(name);
  }

  int whole(String name) {
    long value = count(name);
    if (value > Integer.MAX_VALUE) {
      throw violation(path(name), "a whole number below 2^31");
    }
    return (int) value;
  }

  boolean flag(String name) {
    JsonNode value = get(name);
    if (value == null || !value.isBoolean()) {
      throw violation(path(name), "true or false");
    }
    return value.booleanValue();
  }

  boolean flagOr(String name, boolean absent) {
    return get(name) == null ? absent : flag(name);
  }

  /** An enum constant whose name, in any case, the server writes. */
  <E extends Enum<E>> E constant(String name, Class<E> type) {
    try {
      return Enum.valueOf(type, text(name).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw violation(path(name) + " '" + text(name) + "'", "a known " + type.getSimpleName());
    }
  }

  JsonFields object(String name) {
    JsonNode value = get(name);
    if (value == null) {
      throw violation(path(name), "an object");
    }
    return new JsonFields(value, path(name));
  }

  @Nullable JsonFields optionalObject(String name) {
    return get(name) == null ? null : object(name);
  }

  /** The value as it is; an empty object when absent. */
  JsonNode tree(String name) {
    JsonNode value = get(name);
    return value == null ? JsonNodeFactory.instance.objectNode() : value;
  }

  List<JsonFields> objects(String name) {
    List<JsonFields> items = new ArrayList<>();
    for (JsonNode item : array(name)) {
      items.add(new JsonFields(item, path(name) + "[" + items.size() + "]"));
    }
    return items;
  }

  List<String> textList(String name) {
    List<String> items = new ArrayList<>();
    for (JsonNode item : array(name)) {
      if (!item.isTextual()) {
        throw violation(path(name), "a list of strings");
      }
      items.add(item.textValue());
    }
    return items;
  }

  List<Integer> integers(String name) {
    List<Integer> items = new ArrayList<>();
    for (JsonNode item : array(name)) {
      if (!item.canConvertToExactIntegral()) {
        throw violation(path(name), "a list of whole numbers");
      }
      items.add(item.intValue());
    }
    return items;
  }

  List<Double> numbers(String name) {
    List<Double> items = new ArrayList<>();
    for (JsonNode item : array(name)) {
      if (!item.isNumber()) {
        throw violation(path(name), "a list of numbers");
      }
      items.add(item.doubleValue());
    }
    return items;
  }

  /** An object whose values are strings. */
  Map<String, String> texts(String name) {
    JsonFields inner = object(name);
    Map<String, String> items = new TreeMap<>();
    inner.names().forEach(key -> items.put(key, inner.text(key)));
    return items;
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private JsonNode array(String name) {
    JsonNode value = get(name);
    if (value == null || !value.isArray()) {
      throw violation(path(name), "a list");
    }
    return value;
  }

  private @Nullable JsonNode get(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private String path(String name) {
    return where + "." + name;
  }

  private static SightlineException violation(String place, String wanted) {
    return new SightlineException(
        FailureType.PROTOCOL_VIOLATION,
        place + " in the policy server's answer must be " + wanted + "; update the older side");
  }
}
