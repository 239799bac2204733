package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.choice.Choices;
import dev.sightline.puzzle.render.Rendering;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One verified puzzle. The image is drawn from the scene when it is asked for.
 *
 * @param id portion, split and candidate index, as in {@code clock/test-17} or {@code
 *     clock.2/test-17}; unique in the data set
 * @param scene the family's own form
 * @param canonicalKey names the cluster of items that are the same up to symmetry
 * @param itemKey names scene and question
 * @param asked the question as its kind and parameters; {@code question} is its text
 * @param imageDigest of the PNG bytes in the data set's image size; without pictures the scene key
 * @param choices the multiple choice, or null where the item has none
 */
public record DatasetItem(
    String id,
    Split split,
    String family,
    int familyVersion,
    Map<String, Object> scene,
    Digest sceneKey,
    Digest canonicalKey,
    Digest itemKey,
    Question asked,
    String question,
    String answer,
    AnswerType answerType,
    String textTwin,
    String description,
    PerceptionQuestion perceptionQuestion,
    Difficulty difficulty,
    Rendering rendering,
    Digest imageDigest,
    @Nullable Choices choices) {
  public DatasetItem {
    scene = Map.copyOf(scene);
  }

  public int level() {
    return difficulty.level();
  }

  /** The picture as PNG bytes, drawn anew. */
  public byte[] image(ConfiguredFamily configured, DatasetPlan.ImageSize size) {
    return configured.png(configured.readScene(scene), rendering, size.width(), size.height());
  }

  /** This item with a multiple choice. */
  public DatasetItem withChoices(Choices added) {
    return new DatasetItem(
        id,
        split,
        family,
        familyVersion,
        scene,
        sceneKey,
        canonicalKey,
        itemKey,
        asked,
        question,
        answer,
        answerType,
        textTwin,
        description,
        perceptionQuestion,
        difficulty,
        rendering,
        imageDigest,
        added);
  }

  /** A tree for canonical JSON; without choices the field is absent. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("split", split.wireName());
    map.put("family", family);
    map.put("familyVersion", familyVersion);
    map.put("scene", scene);
    map.put("sceneKey", sceneKey.hex());
    map.put("canonicalKey", canonicalKey.hex());
    map.put("itemKey", itemKey.hex());
    map.put("asked", asked.toMap());
    map.put("question", question);
    map.put("answer", answer);
    map.put("answerType", answerType.name());
    map.put("textTwin", textTwin);
    map.put("description", description);
    map.put("perceptionQuestion", perceptionQuestion.toMap());
    map.put("level", difficulty.level());
    map.put("measures", difficulty.measures());
    map.put("rendering", rendering.toMap());
    map.put("imageDigest", imageDigest.hex());
    if (choices != null) {
      map.put("choices", choices.toMap());
    }
    return map;
  }

  /** Reads what {@link #toMap} wrote; a missing or odd field is an IllegalArgumentException. */
  public static DatasetItem fromMap(Map<?, ?> map) {
    return new DatasetItem(
        Fields.text(map, "id"),
        Split.ofWireName(Fields.text(map, "split")),
        Fields.text(map, "family"),
        Fields.integer(map, "familyVersion"),
        Fields.map(map, "scene"),
        new Digest(Fields.text(map, "sceneKey")),
        new Digest(Fields.text(map, "canonicalKey")),
        new Digest(Fields.text(map, "itemKey")),
        Question.fromMap(Fields.map(map, "asked")),
        Fields.text(map, "question"),
        Fields.text(map, "answer"),
        AnswerType.valueOf(Fields.text(map, "answerType")),
        Fields.text(map, "textTwin"),
        Fields.text(map, "description"),
        PerceptionQuestion.fromMap(Fields.map(map, "perceptionQuestion")),
        new Difficulty(Fields.integer(map, "level"), Fields.integers(map, "measures")),
        Rendering.fromMap(Fields.map(map, "rendering")),
        new Digest(Fields.text(map, "imageDigest")),
        map.get("choices") == null ? null : Choices.fromMap(Fields.map(map, "choices")));
  }
}
