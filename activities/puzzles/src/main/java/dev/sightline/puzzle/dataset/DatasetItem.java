package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.render.Rendering;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One verified puzzle. The image is drawn from the scene when it is asked for.
 *
 * @param id split and candidate index, as in {@code test-17}
 * @param scene the family's own form
 * @param canonicalKey names the cluster of items that are the same up to symmetry
 * @param itemKey names scene and question
 * @param asked the question as its kind and parameters; {@code question} is its text
 * @param imageDigest of the PNG bytes in the data set's image size
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
    Digest imageDigest) {
  public DatasetItem {
    scene = Map.copyOf(scene);
  }

  public int level() {
    return difficulty.level();
  }

  /** A tree for canonical JSON. */
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
        new Digest(Fields.text(map, "imageDigest")));
  }
}
