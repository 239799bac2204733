package dev.sightline.dataset.export;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes exports: under a name of their own first, and renamed when they are complete. */
public final class Exports {
  private static final long SHARD_BYTES = 256L << 20;

  private Exports() {}

  /**
   * Writes a data set.
   *
   * @param items split by split
   * @param pictures whether the items have pictures
   * @param out folder to make
   * @param name what tables and tasks are called
   * @return how many items were written
   * @throws SightlineException INVALID_REQUEST where something lies there already
   */
  public static long write(
      ExportFormat format, Iterator<ExportItem> items, boolean pictures, Path out, String name) {
    Path target = out.toAbsolutePath().normalize();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      if (Files.exists(target) && !empty(target)) {
        throw new SightlineException(
            FailureType.INVALID_REQUEST,
            out + ": is not empty; name a folder that is not there yet");
      }
      remove(part);
      Files.createDirectories(part);
      long count = 0;
      try (ExportWriter writer = writer(format, pictures, part, target, word(name))) {
        while (items.hasNext()) {
          writer.add(items.next());
          count++;
        }
      }
      Files.deleteIfExists(target);
      Files.move(part, target);
      return count;
    } catch (FileAlreadyExistsException e) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST, out + ": is a file; name a folder to make", e);
    } catch (IOException e) {
      throw new UncheckedIOException(out + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private static ExportWriter writer(
      ExportFormat format, boolean pictures, Path part, Path target, String name)
      throws IOException {
    return switch (format) {
      case JSONL -> new JsonlWriter(part);
      case PARQUET -> new ParquetWriter(part, pictures, ParquetWriter.Bounds.USUAL);
      case VLMEVAL -> new VlmEvalWriter(part, name);
      case WEBDATASET -> new WebDatasetWriter(part, SHARD_BYTES);
      case LMMS_EVAL ->
          new LmmsEvalWriter(part, target, name, pictures, ParquetWriter.Bounds.USUAL);
    };
  }

  /** A name that is a word to all of them. */
  static String word(String name) {
    String word =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
    return word.isEmpty() ? "sightline" : word;
  }

  private static boolean empty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new FileAlreadyExistsException(folder.toString());
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
