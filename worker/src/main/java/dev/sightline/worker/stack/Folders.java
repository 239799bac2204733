package dev.sightline.worker.stack;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Folders of the stack and of the user's cache. */
public final class Folders {
  private Folders() {}

  /** The user's cache: binaries and environments that can be made again. */
  public static Path cache() {
    String base = System.getenv("XDG_CACHE_HOME");
    Path folder =
        base == null || base.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(base);
    return folder.resolve("sightline");
  }

  /**
   * Where this user's supervisors tell each other their ports: one place, whatever cache each of
   * them uses.
   */
  static Path portClaims() {
    return Path.of(
        System.getProperty("java.io.tmpdir"), "sightline-" + System.getProperty("user.name"));
  }

  static Path create(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new SightlineException(
          FailureType.STORE_UNAVAILABLE,
          "cannot create " + folder + " (" + failure.getMessage() + "); choose another --home",
          failure);
    }
  }

  static void deleteTree(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
