package dev.sightline.dataset.export;

import dev.sightline.foundation.CanonicalJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** One folder a split: {@code metadata.jsonl}, one line an item, and its pictures beside it. */
final class JsonlWriter implements ExportWriter {
  private final Path folder;
  private final Map<String, BufferedWriter> splits = new TreeMap<>();

  JsonlWriter(Path folder) {
    this.folder = folder;
  }

  @Override
  public void add(ExportItem item) throws IOException {
    Path split = folder.resolve(item.split());
    BufferedWriter lines = splits.get(item.split());
    if (lines == null) {
      Files.createDirectories(split);
      lines = Files.newBufferedWriter(split.resolve("metadata.jsonl"));
      splits.put(item.split(), lines);
    }
    Map<String, Object> fields = new LinkedHashMap<>(item.fields());
    byte[] picture = item.picture().orElse(null);
    if (picture != null) {
      String name = item.fileName() + ".png";
      fields.put("file_name", name);
      Files.write(split.resolve(name), picture);
    }
    lines.write(CanonicalJson.text(fields));
    lines.write('\n');
  }

  @Override
  public void close() throws IOException {
    for (BufferedWriter lines : splits.values()) {
      lines.close();
    }
  }
}
