package dev.sightline.dataset.export;

import dev.sightline.foundation.CanonicalJson;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * WebDataset's tar shards, {@code train-000000.tar}: each item as {@code key.png} and {@code
 * key.json} beside each other. Headers hold no time, owner or machine.
 */
final class WebDatasetWriter implements ExportWriter {
  private static final int BLOCK = 512;

  private final Path folder;
  private final long shardBytes;
  private @Nullable OutputStream tar;
  private String split = "";
  private int shard;
  private long size;

  /**
   * @param shardBytes a shard ends when it holds as many
   */
  WebDatasetWriter(Path folder, long shardBytes) {
    this.folder = folder;
    this.shardBytes = shardBytes;
  }

  @Override
  public void add(ExportItem item) throws IOException {
    if (tar != null && (!item.split().equals(split) || size >= shardBytes)) {
      endShard();
    }
    if (tar == null) {
      shard = item.split().equals(split) ? shard + 1 : 0;
      split = item.split();
      size = 0;
      tar =
          new BufferedOutputStream(
              Files.newOutputStream(
                  folder.resolve(String.format(Locale.ROOT, "%s-%06d.tar", split, shard))),
              1 << 16);
    }
    OutputStream out = tar;
    byte[] picture = item.picture().orElse(null);
    if (picture != null) {
      entry(out, item.fileName() + ".png", picture);
    }
    entry(out, item.fileName() + ".json", CanonicalJson.bytes(item.fields()));
  }

  private void entry(OutputStream out, String name, byte[] content) throws IOException {
    byte[] header = new byte[BLOCK];
    byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
    if (nameBytes.length > 100) {
      throw new IllegalArgumentException("a tar entry's name has at most 100 bytes: " + name);
    }
    System.arraycopy(nameBytes, 0, header, 0, nameBytes.length);
    text(header, 100, "0000644\0");
    text(header, 108, "0000000\0");
    text(header, 116, "0000000\0");
    text(header, 124, String.format(Locale.ROOT, "%011o\0", content.length));
    text(header, 136, "00000000000\0");
    text(header, 148, "        ");
    header[156] = '0';
    text(header, 257, "ustar\00000");
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xff;
    }
    text(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    out.write(header);
    out.write(content);
    int padding = (BLOCK - content.length % BLOCK) % BLOCK;
    out.write(new byte[padding]);
    size += BLOCK + content.length + padding;
  }

  private static void text(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private void endShard() throws IOException {
    if (tar != null) {
      tar.write(new byte[2 * BLOCK]);
      tar.close();
      tar = null;
    }
  }

  @Override
  public void close() throws IOException {
    endShard();
  }
}
