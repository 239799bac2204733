package dev.sightline.worker.cli.reward;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Scene;
import dev.sightline.reward.RewardItem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what items show and ask. Remembers the last ones, for a group's completions are on one
 * item. Safe for use by several threads.
 */
final class ShownScenes {
  private static final int REMEMBERED = 4096;
  private static final JsonMapper MAPPER = new JsonMapper();

  private record Key(JsonNode family, JsonNode scene, JsonNode question) {}

  private final Map<Key, RewardItem.Shown> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, RewardItem.Shown> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @return null where the item gives no scene
   * @throws BadInputException naming the field
   */
  RewardItem.@Nullable Shown of(JsonNode item) throws BadInputException {
    Key key = new Key(item.path("family"), item.path("scene"), item.path("question"));
    synchronized (known) {
      RewardItem.Shown shown = known.get(key);
      if (shown != null) {
        return shown;
      }
    }
    RewardItem.Shown shown = read(item);
    if (shown != null) {
      synchronized (known) {
        known.put(key, shown);
      }
    }
    return shown;
  }

  private static RewardItem.@Nullable Shown read(JsonNode item) throws BadInputException {
    if (item.hasNonNull("family")
        && PuzzleFamilies.byName(item.path("family").asText()).isEmpty()) {
      throw ScoreItem.unfit(
          item, "family", "give one of " + String.join(", ", PuzzleFamilies.names()));
    }
    if (!item.hasNonNull("scene")) {
      return null;
    }
    if (!item.hasNonNull("family")) {
      throw new BadInputException("family", "is missing beside scene", "name the scene's family");
    }
    if (!item.path("scene").isObject()) {
      throw ScoreItem.unfit(item, "scene", "give the object that the data set's item has");
    }
    Map<String, Object> fields = object(item.path("scene"));
    ConfiguredFamily family;
    Scene scene;
    try {
      family = configured(item.path("family").asText(), fields);
      scene = family.readScene(fields);
    } catch (IllegalArgumentException unreadable) {
      throw new BadInputException(
          "scene",
          String.valueOf(unreadable.getMessage()),
          "give it as the data set's item has it");
    }
    return new RewardItem.Shown(family, scene, question(item, family, scene));
  }

  /** A kiwi board's reader wants its size; all other families find it in the text. */
  private static ConfiguredFamily configured(String name, Map<String, Object> scene) {
    Map<String, Object> config = new TreeMap<>();
    if (name.equals("rotting_kiwi") && scene.get("board") instanceof String board) {
      String[] rows = board.split("/", -1);
      config.put("rows", rows.length);
      config.put("columns", rows[0].length());
    }
    return PuzzleFamilies.configure(name, config);
  }

  /** One of the family's own where the item does not say what was asked: nothing depends on it. */
  private static Question question(JsonNode item, ConfiguredFamily family, Scene scene)
      throws BadInputException {
    if (!item.hasNonNull("question")) {
      return family.question(scene, SeedTree.root(0));
    }
    JsonNode asked = item.path("question");
    List<String> kinds = family.family().questionKinds();
    if (!asked.path("kind").isTextual() || !kinds.contains(asked.path("kind").asText())) {
      throw ScoreItem.unfit(
          item,
          "question",
          "give {\"kind\",\"params\"} with a kind of " + String.join(", ", kinds));
    }
    Map<String, String> parameters = new TreeMap<>();
    JsonNode given = asked.has("params") ? asked.path("params") : asked.path("parameters");
    for (Map.Entry<String, JsonNode> parameter : given.properties()) {
      parameters.put(parameter.getKey(), parameter.getValue().asText());
    }
    Question question = new Question(asked.path("kind").asText(), parameters);
    try {
      family.answer(new Puzzle(scene, question));
    } catch (IllegalArgumentException unanswerable) {
      throw new BadInputException(
          "question", String.valueOf(unanswerable.getMessage()), "give the params of the data set");
    }
    return question;
  }

  private static Map<String, Object> object(JsonNode node) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      fields.put(field.getKey(), MAPPER.convertValue(field.getValue(), Object.class));
    }
    return fields;
  }
}
