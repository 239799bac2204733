package dev.sightline.dataset.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Parquet files of bounded size: {@code data/<split>-00000-of-00002.parquet}. */
final class ParquetWriter implements ExportWriter {
  private final Path folder;
  private final boolean pictures;
  private final Bounds bounds;
  private final Map<String, List<Path>> written = new TreeMap<>();
  private @Nullable ParquetFile open;
  private String split = "";

  /**
   * @param file a file ends when it holds as many bytes
   * @param group a row group ends when it holds as many bytes
   */
  record Bounds(long file, long group) {
    static final Bounds USUAL = new Bounds(450L << 20, 32L << 20);
  }

  ParquetWriter(Path folder, boolean pictures, Bounds bounds) throws IOException {
    this.folder = Files.createDirectories(folder.resolve("data"));
    this.pictures = pictures;
    this.bounds = bounds;
  }

  @Override
  public void add(ExportItem item) throws IOException {
    ParquetFile file = open;
    if (file != null && (!item.split().equals(split) || file.size() >= bounds.file())) {
      file.close();
      file = null;
    }
    if (file == null) {
      split = item.split();
      List<Path> files = written.computeIfAbsent(split, name -> new ArrayList<>());
      Path part = folder.resolve(split + "-" + files.size() + ".part");
      files.add(part);
      file = new ParquetFile(part, bounds.group(), pictures);
      open = file;
    }
    file.add(item);
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
    for (Map.Entry<String, List<Path>> files : written.entrySet()) {
      int count = files.getValue().size();
      for (int i = 0; i < count; i++) {
        Files.move(
            files.getValue().get(i),
            folder.resolve(
                String.format(Locale.ROOT, "%s-%05d-of-%05d.parquet", files.getKey(), i, count)));
      }
    }
  }
}
