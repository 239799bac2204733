package dev.sightline.activity.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A completion judged against the scene that an intervention brought in: the swapped picture's, or
 * the edited description's.
 *
 * @param perception the described scene is that one; null where the description was given
 * @param accurate the answer is that scene's; null where the question has no answer on it
 */
public record OtherScene(@Nullable Boolean perception, @Nullable Boolean accurate) {
  /** The key under which a row's body holds it; absent where no other scene was brought in. */
  static final String KEY = "other";

  Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("perception", perception);
    map.put("accurate", accurate);
    return map;
  }

  /** Of a stored row's body; null where no other scene was brought in. */
  public static @Nullable OtherScene of(JsonNode body) {
    JsonNode other = body.get(KEY);
    return other == null
        ? null
        : new OtherScene(truth(other.path("perception")), truth(other.path("accurate")));
  }

  private static @Nullable Boolean truth(JsonNode node) {
    return node.isBoolean() ? (Boolean) node.booleanValue() : null;
  }
}
