package dev.sightline.worker.service;

import dev.sightline.foundation.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Names what a worker runs: jars are reproducible, so equal sources give equal names on every
 * machine.
 */
final class BuildId {
  /**
   * Ours are known by their content; libraries by name and size, since their names carry versions.
   */
  private static final String OURS = "sightline-";

  private static final int SHOWN_DIGITS = 12;

  private BuildId() {}

  /**
   * Reads the files of a class path: jars and plug-ins, folders of classes, and the {@code lib/}
   * beside a jar that its manifest names.
   *
   * @return 12 hexadecimal digits
   */
  static String of(String classPath, String separator) {
    MessageDigest digest = Digest.sha256();
    try {
      for (String entry : classPath.split(separator, -1)) {
        Path path = Path.of(entry);
        if (Files.isDirectory(path)) {
          for (Path file : filesUnder(path)) {
            addContent(digest, path.relativize(file).toString(), file);
          }
        } else if (Files.isRegularFile(path)) {
          addContent(digest, path.getFileName().toString(), path);
          for (Path library : filesUnder(path.resolveSibling("lib"))) {
            addLibrary(digest, library);
          }
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read what this process runs", unreadable);
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, SHOWN_DIGITS);
  }

  private static void addLibrary(MessageDigest digest, Path library) throws IOException {
    String name = library.getFileName().toString();
    if (name.startsWith(OURS)) {
      addContent(digest, name, library);
    } else {
      digest.update((name + " " + Files.size(library) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void addContent(MessageDigest digest, String name, Path file) throws IOException {
    String line = name + " " + Digest.of(Files.readAllBytes(file)) + "\n";
    digest.update(line.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Path> filesUnder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
