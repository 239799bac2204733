package dev.sightline.dataset.export;

import dev.sightline.foundation.CanonicalJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes items as a Parquet file in Hugging Face's layout: {@code image} is a struct of bytes and
 * path, {@code options} a list of texts, all else texts; the features stand in the footer under
 * {@code huggingface}, so that {@code datasets} decodes pictures. Equal items give equal bytes.
 */
final class ParquetFile implements AutoCloseable {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final String CREATED_BY = "Sightline parquet writer 1";
  private static final int BYTE_ARRAY = 6;
  private static final int OPTIONAL = 1;
  private static final int REPEATED = 2;
  private static final int UTF8 = 0;
  private static final int LIST = 3;

  private final OutputStream out;
  private final long groupBytes;
  private final boolean pictures;
  private final List<ParquetColumn> columns = new ArrayList<>();
  private final List<Consumer<ThriftCompact>> groups = new ArrayList<>();
  private long at;
  private long rows;
  private long groupRows;

  /**
   * @param groupBytes a row group ends when it holds as many
   * @param pictures whether the items have them
   */
  ParquetFile(Path file, long groupBytes, boolean pictures) throws IOException {
    this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    this.groupBytes = groupBytes;
    this.pictures = pictures;
    if (pictures) {
      columns.add(new ParquetColumn(List.of("image", "bytes"), 0, 2));
      columns.add(new ParquetColumn(List.of("image", "path"), 0, 2));
    }
    ExportItem.TEXTS.keySet().forEach(name -> columns.add(new ParquetColumn(List.of(name), 0, 1)));
    columns.add(new ParquetColumn(List.of("options", "list", "element"), 1, 3));
    write(MAGIC);
  }

  /** Bytes in the file and on their way. */
  long size() {
    return at + columns.stream().mapToLong(ParquetColumn::size).sum();
  }

  void add(ExportItem item) throws IOException {
    int column = 0;
    if (pictures) {
      byte[] picture =
          item.picture()
              .orElseThrow(() -> new IllegalArgumentException(item.id() + " has no picture"));
      columns.get(column++).add(0, 2, picture);
      columns.get(column++).add(0, 2, utf8(item.fileName() + ".png"));
    }
    for (var text : ExportItem.TEXTS.values()) {
      columns.get(column++).add(0, 1, utf8(text.apply(item)));
    }
    ParquetColumn options = columns.get(column);
    if (item.options().isEmpty()) {
      options.add(0, 1, null);
    }
    for (int i = 0; i < item.options().size(); i++) {
      options.add(i == 0 ? 0 : 1, 3, utf8(item.options().get(i)));
    }
    rows++;
    groupRows++;
    if (columns.stream().mapToLong(ParquetColumn::size).sum() >= groupBytes) {
      endGroup();
    }
  }

  private void endGroup() throws IOException {
    if (groupRows == 0) {
      return;
    }
    long begin = at;
    List<Consumer<ThriftCompact>> entries = new ArrayList<>();
    for (ParquetColumn column : columns) {
      ParquetColumn.Chunk chunk = column.end();
      entries.add(chunk.entry(at));
      write(chunk.bytes());
    }
    long size = at - begin;
    long count = groupRows;
    groups.add(
        group -> {
          group.structs(1, entries);
          group.wide(2, size);
          group.wide(3, count);
        });
    groupRows = 0;
  }

  @Override
  public void close() throws IOException {
    try (out) {
      endGroup();
      byte[] footer =
          ThriftCompact.struct(
              file -> {
                file.integer(1, 1);
                file.structs(2, schema());
                file.wide(3, rows);
                file.structs(4, groups);
                file.structs(
                    5,
                    List.of(
                        pair -> {
                          pair.text(1, "huggingface");
                          pair.text(2, features());
                        }));
                file.text(6, CREATED_BY);
              });
      write(footer);
      byte[] length = new byte[4];
      for (int i = 0; i < 4; i++) {
        length[i] = (byte) (footer.length >>> 8 * i);
      }
      write(length);
      write(MAGIC);
    }
  }

  private List<Consumer<ThriftCompact>> schema() {
    List<Consumer<ThriftCompact>> elements = new ArrayList<>();
    elements.add(
        root -> {
          root.text(4, "schema");
          root.integer(5, ExportItem.TEXTS.size() + (pictures ? 2 : 1));
        });
    if (pictures) {
      elements.add(group("image", OPTIONAL, 2));
      elements.add(
          leaf -> {
            leaf.integer(1, BYTE_ARRAY);
            leaf.integer(3, OPTIONAL);
            leaf.text(4, "bytes");
          });
      elements.add(text("path"));
    }
    ExportItem.TEXTS.keySet().forEach(name -> elements.add(text(name)));
    elements.add(
        list -> {
          list.integer(3, OPTIONAL);
          list.text(4, "options");
          list.integer(5, 1);
          list.integer(6, LIST);
          list.struct(10, type -> type.struct(3, none -> {}));
        });
    elements.add(group("list", REPEATED, 1));
    elements.add(text("element"));
    return elements;
  }

  private static Consumer<ThriftCompact> group(String name, int repetition, int children) {
    return group -> {
      group.integer(3, repetition);
      group.text(4, name);
      group.integer(5, children);
    };
  }

  private static Consumer<ThriftCompact> text(String name) {
    return leaf -> {
      leaf.integer(1, BYTE_ARRAY);
      leaf.integer(3, OPTIONAL);
      leaf.text(4, name);
      leaf.integer(6, UTF8);
      leaf.struct(10, type -> type.struct(1, none -> {}));
    };
  }

  /** {@code datasets} before version 4 knows lists as Sequence only, later ones know both names. */
  private String features() {
    Map<String, Object> text = Map.of("dtype", "string", "_type", "Value");
    Map<String, Object> features = new LinkedHashMap<>();
    if (pictures) {
      features.put("image", Map.of("_type", "Image"));
    }
    ExportItem.TEXTS.keySet().forEach(name -> features.put(name, text));
    features.put("options", Map.of("feature", text, "_type", "Sequence"));
    StringBuilder json = new StringBuilder("{\"info\":{\"features\":{");
    String comma = "";
    for (Map.Entry<String, Object> feature : features.entrySet()) {
      json.append(comma)
          .append(CanonicalJson.text(feature.getKey()))
          .append(':')
          .append(CanonicalJson.text(feature.getValue()));
      comma = ",";
    }
    return json.append("}}}").toString();
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    at += bytes.length;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
