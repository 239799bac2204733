package dev.sightline.dataset.export;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A column of byte arrays with its levels, in pages of about a megabyte. Plain encoding, no
 * compression: pictures are compressed already, and no compressor's version can change a byte.
 */
final class ParquetColumn {
  private static final int PAGE_BYTES = 1 << 20;
  private static final int BYTE_ARRAY = 6;
  private static final int PLAIN = 0;
  private static final int RLE = 3;

  private final List<String> path;
  private final int mostRepeated;
  private final int mostDefined;
  private final ByteArrayOutputStream pages = new ByteArrayOutputStream();
  private final ByteArrayOutputStream values = new ByteArrayOutputStream();
  private Levels repetition = new Levels();
  private Levels definition = new Levels();
  private int pageValues;
  private long chunkValues;

  /**
   * @param path from the root to the leaf
   * @param mostRepeated repetition level of the leaf, 0 or 1
   * @param mostDefined definition level of a value that is there, 1 to 3
   */
  ParquetColumn(List<String> path, int mostRepeated, int mostDefined) {
    this.path = path;
    this.mostRepeated = mostRepeated;
    this.mostDefined = mostDefined;
  }

  /** Runs of equal levels: run length and value, as RLE runs of Parquet's hybrid. */
  private static final class Levels {
    private final ByteArrayOutputStream runs = new ByteArrayOutputStream();
    private int value = -1;
    private int length;

    void add(int level) {
      if (level != value) {
        flush();
        value = level;
      }
      length++;
    }

    byte[] bytes() {
      flush();
      return runs.toByteArray();
    }

    private void flush() {
      if (length > 0) {
        int rest = length << 1;
        while (rest >= 0x80) {
          runs.write(rest & 0x7f | 0x80);
          rest >>>= 7;
        }
        runs.write(rest);
        runs.write(value);
        length = 0;
      }
    }
  }

  /**
   * Adds a value.
   *
   * @param repeated 0 for the first of a row, 1 for further ones
   * @param defined {@code mostDefined} where the value is there
   * @param value null where it is not
   */
  void add(int repeated, int defined, byte @Nullable [] value) {
    if (repeated == 0 && values.size() >= PAGE_BYTES) {
      endPage();
    }
    repetition.add(repeated);
    definition.add(defined);
    if (value != null) {
      number(values, value.length);
      values.writeBytes(value);
    }
    pageValues++;
    chunkValues++;
  }

  private void endPage() {
    if (pageValues == 0) {
      return;
    }
    byte[] repeated = mostRepeated > 0 ? repetition.bytes() : new byte[0];
    byte[] defined = definition.bytes();
    int size = (mostRepeated > 0 ? 4 + repeated.length : 0) + 4 + defined.length + values.size();
    int count = pageValues;
    pages.writeBytes(
        ThriftCompact.struct(
            header -> {
              header.integer(1, 0);
              header.integer(2, size);
              header.integer(3, size);
              header.struct(
                  5,
                  data -> {
                    data.integer(1, count);
                    data.integer(2, PLAIN);
                    data.integer(3, RLE);
                    data.integer(4, RLE);
                  });
            }));
    if (mostRepeated > 0) {
      number(pages, repeated.length);
      pages.writeBytes(repeated);
    }
    number(pages, defined.length);
    pages.writeBytes(defined);
    pages.writeBytes(values.toByteArray());
    values.reset();
    repetition = new Levels();
    definition = new Levels();
    pageValues = 0;
  }

  /** Bytes held so far. */
  long size() {
    return (long) pages.size() + values.size();
  }

  int mostDefined() {
    return mostDefined;
  }

  /** The chunk's bytes; the column is empty afterwards. */
  Chunk end() {
    endPage();
    Chunk chunk = new Chunk(path, pages.toByteArray(), chunkValues);
    pages.reset();
    chunkValues = 0;
    return chunk;
  }

  /** The column's part of one row group. */
  record Chunk(List<String> path, byte[] bytes, long values) {
    /** The entry of the footer for a chunk that begins at this offset of the file. */
    Consumer<ThriftCompact> entry(long offset) {
      return chunk -> {
        chunk.wide(2, offset);
        chunk.struct(
            3,
            meta -> {
              meta.integer(1, BYTE_ARRAY);
              meta.integers(2, List.of(PLAIN, RLE));
              meta.texts(3, path);
              meta.integer(4, 0);
              meta.wide(5, values);
              meta.wide(6, bytes.length);
              meta.wide(7, bytes.length);
              meta.wide(9, offset);
            });
      };
    }
  }

  private static void number(ByteArrayOutputStream out, int value) {
    for (int i = 0; i < 4; i++) {
      out.write(value >>> 8 * i);
    }
  }
}
