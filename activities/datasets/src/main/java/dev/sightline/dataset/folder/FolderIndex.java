package dev.sightline.dataset.folder;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.dataset.DatasetPlan.ImageSize;
import dev.sightline.puzzle.dataset.Split;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code folder.json}: what the other files of a data set must be. Written last, so that a folder
 * without it is unfinished.
 *
 * @param imported the foreign format that the items come from; empty for our own
 * @param pictures whether there are picture files
 * @param manifest SHA-256 of {@code manifest.json}
 * @param splits the items' files; splits without items have none
 */
public record FolderIndex(
    Optional<String> imported,
    boolean pictures,
    ImageSize imageSize,
    Digest manifest,
    Map<Split, ItemFile> splits) {
  static final String FORMAT = "sightline-folder/1";

  public FolderIndex {
    splits = java.util.Collections.unmodifiableMap(new EnumMap<>(splits));
  }

  /**
   * A file of items.
   *
   * @param digest SHA-256 of its bytes
   */
  public record ItemFile(int items, Digest digest) {}

  /** Items of all splits. */
  public int items() {
    return splits.values().stream().mapToInt(ItemFile::items).sum();
  }

  Map<String, Object> toMap() {
    Map<String, Object> files = new TreeMap<>();
    splits.forEach(
        (split, file) ->
            files.put(
                split.wireName(), Map.of("items", file.items(), "sha256", file.digest().hex())));
    Map<String, Object> map = new TreeMap<>();
    map.put("format", FORMAT);
    imported.ifPresent(format -> map.put("imported", format));
    map.put("pictures", pictures);
    map.put("imageSize", Map.of("width", imageSize.width(), "height", imageSize.height()));
    map.put("manifest", manifest.hex());
    map.put("splits", files);
    return map;
  }

  /**
   * @throws IllegalArgumentException naming the field, or the version, that is odd
   */
  static FolderIndex fromMap(Map<?, ?> map) {
    String format = Fields.text(map, "format");
    if (!format.equals(FORMAT)) {
      throw new IllegalArgumentException(
          "is of format '" + format + "', this version reads " + FORMAT);
    }
    Map<String, Object> size = Fields.map(map, "imageSize");
    Map<String, Object> files = Fields.map(map, "splits");
    Map<Split, ItemFile> splits = new EnumMap<>(Split.class);
    for (String name : files.keySet()) {
      Map<String, Object> file = Fields.map(files, name);
      splits.put(
          Split.ofWireName(name),
          new ItemFile(Fields.integer(file, "items"), new Digest(Fields.text(file, "sha256"))));
    }
    return new FolderIndex(
        map.get("imported") instanceof String imported ? Optional.of(imported) : Optional.empty(),
        Boolean.TRUE.equals(map.get("pictures")),
        new ImageSize(Fields.integer(size, "width"), Fields.integer(size, "height")),
        new Digest(Fields.text(map, "manifest")),
        splits);
  }
}
