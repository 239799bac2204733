package dev.sightline.dataset.folder;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where an imported item comes from.
 *
 * @param id ours
 * @param config of the family, with which its scene is read
 * @param file name of their file
 * @param line counted from 1
 * @param image their image's path, as their file has it
 * @param question theirs
 * @param options theirs; may be empty
 * @param answer theirs, as it stood
 * @param original their picture's bytes, where they came along
 */
public record Origin(
    String id,
    Map<String, Object> config,
    String file,
    int line,
    String image,
    String question,
    List<String> options,
    String answer,
    Optional<Picture> original) {
  public Origin {
    config = Map.copyOf(config);
    options = List.copyOf(options);
  }

  /**
   * Bytes kept as they came.
   *
   * @param ending such as ".jpg", by what the bytes are, not by what they were called
   */
  public record Picture(Digest digest, String ending) {}

  Map<String, Object> toMap() {
    Map<String, Object> map = new TreeMap<>();
    map.put("id", id);
    map.put("config", config);
    map.put("file", file);
    map.put("line", line);
    map.put("image", image);
    map.put("question", question);
    map.put("options", options);
    map.put("answer", answer);
    original.ifPresent(
        picture ->
            map.put(
                "original", Map.of("sha256", picture.digest().hex(), "ending", picture.ending())));
    return map;
  }

  static Origin fromMap(Map<?, ?> map) {
    Optional<Picture> original = Optional.empty();
    if (map.get("original") != null) {
      Map<String, Object> picture = Fields.map(map, "original");
      original =
          Optional.of(
              new Picture(
                  new Digest(Fields.text(picture, "sha256")), Fields.text(picture, "ending")));
    }
    return new Origin(
        Fields.text(map, "id"),
        Fields.map(map, "config"),
        Fields.text(map, "file"),
        Fields.integer(map, "line"),
        Fields.text(map, "image"),
        Fields.text(map, "question"),
        Fields.texts(map, "options"),
        Fields.text(map, "answer"),
        original);
  }
}
