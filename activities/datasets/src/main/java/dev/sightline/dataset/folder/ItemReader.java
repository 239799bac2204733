package dev.sightline.dataset.folder;

import dev.sightline.dataset.Json;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.Split;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of one split, one after another. Whether the bytes are those that were written
 * shows at the end; a line that is no item of this split, at once.
 */
public final class ItemReader implements Iterator<DatasetItem>, AutoCloseable {
  private final Path file;
  private final Split split;
  private final FolderIndex.ItemFile expected;
  private final MessageDigest digest = Digest.sha256();
  private final BufferedReader lines;
  private final Map<String, Integer> versions = new HashMap<>();
  private int read;
  private @Nullable DatasetItem next;
  private boolean ended;

  ItemReader(Path file, Split split, FolderIndex.ItemFile expected) {
    this.file = file;
    this.split = split;
    this.expected = expected;
    try {
      lines =
          new BufferedReader(
              new InputStreamReader(
                  new DigestInputStream(Files.newInputStream(file), digest),
                  StandardCharsets.UTF_8),
              1 << 16);
    } catch (NoSuchFileException e) {
      throw FolderFiles.invalid(file, "is missing");
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      next = advance();
    }
    return next != null;
  }

  @Override
  public DatasetItem next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    DatasetItem item = next;
    next = null;
    return item;
  }

  private @Nullable DatasetItem advance() {
    String line;
    try {
      line = lines.readLine();
    } catch (IOException e) {
      throw unreadable(e);
    }
    if (line == null) {
      ended = true;
      end();
      return null;
    }
    read++;
    DatasetItem item;
    try {
      item = DatasetItem.fromMap(Json.object(line));
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
    if (item.split() != split) {
      throw bad("is an item of " + item.split().wireName());
    }
    Integer version = versions.putIfAbsent(item.family(), item.familyVersion());
    if (version != null && version != item.familyVersion()) {
      throw bad(
          "is of %s version %d, lines before it of version %d"
              .formatted(item.family(), item.familyVersion(), version));
    }
    return item;
  }

  private void end() {
    if (read != expected.items()) {
      throw FolderFiles.invalid(
          file, "holds " + read + " items instead of " + expected.items() + ": it was cut or grew");
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(expected.digest().hex())) {
      throw FolderFiles.invalid(
          file, "was changed: its SHA-256 is not the one in " + FolderFiles.INDEX);
    }
  }

  private SightlineException bad(String problem) {
    return FolderFiles.invalid(Path.of(file + ":" + read), problem);
  }

  private UncheckedIOException unreadable(IOException cause) {
    return new UncheckedIOException(file + ": cannot be read: " + cause.getMessage(), cause);
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
