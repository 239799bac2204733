package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/**
 * PostgreSQL's text and jsonb cannot hold U+0000, but a byte-level model can say it. The
 * private-use character U+E000 escapes it, and itself.
 */
final class PostgresText {
  private static final char ESCAPE = '\uE000';
  private static final char ESCAPED_ESCAPE = '\uE001';
  private static final char ESCAPED_NUL = '\uE002';

  private PostgresText() {}

  static String encode(String text) {
    if (text.indexOf('\0') < 0 && text.indexOf(ESCAPE) < 0) {
      return text;
    }
    return text.replace(String.valueOf(ESCAPE), "" + ESCAPE + ESCAPED_ESCAPE)
        .replace("\0", "" + ESCAPE + ESCAPED_NUL);
  }

  static String decode(String text) {
    if (text.indexOf(ESCAPE) < 0) {
      return text;
    }
    return text.replace("" + ESCAPE + ESCAPED_NUL, "\0")
        .replace("" + ESCAPE + ESCAPED_ESCAPE, String.valueOf(ESCAPE));
  }

  static JsonNode encode(JsonNode json) {
    return each(json, true);
  }

  static JsonNode decode(JsonNode json) {
    return each(json, false);
  }

  private static JsonNode each(JsonNode json, boolean encode) {
    return switch (json) {
      case TextNode text -> TextNode.valueOf(each(text.textValue(), encode));
      case ArrayNode array -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
        array.forEach(element -> copy.add(each(element, encode)));
        yield copy;
      }
      case ObjectNode object -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
          copy.set(each(field.getKey(), encode), each(field.getValue(), encode));
        }
        yield copy;
      }
      default -> json;
    };
  }

  private static String each(String text, boolean encode) {
    return encode ? encode(text) : decode(text);
  }
}
