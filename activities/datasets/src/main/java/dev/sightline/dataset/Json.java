package dev.sightline.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** Reads JSON text into maps; what is written is canonical JSON. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private Json() {}

  /**
   * The object that the text is.
   *
   * @throws IllegalArgumentException in one line, with the column, where the text is none
   */
  public static Map<String, Object> object(String text) {
    try {
      Map<String, Object> map = MAPPER.readValue(text, OBJECT);
      if (map == null) {
        throw new IllegalArgumentException("is null, not a JSON object");
      }
      return map;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "is not a JSON object"
              + (e.getLocation() == null
                  ? ""
                  : " (line "
                      + e.getLocation().getLineNr()
                      + ", column "
                      + e.getLocation().getColumnNr()
                      + ")"),
          e);
    }
  }
}
