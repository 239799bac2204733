package dev.sightline.worker.stack;

import dev.sightline.foundation.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where this program and its Python environment are; the launcher tells, else it is found. */
public final class Installation {
  private static final List<String> PYTHON_VERSIONS = List.of("3.11", "3.12");

  private Installation() {}

  /** The folder that holds {@code deploy/}. */
  public static Path root() {
    String given = System.getenv("SIGHTLINE_ROOT");
    if (given != null && !given.isBlank()) {
      return Path.of(given).toAbsolutePath();
    }
    try {
      Path code =
          Path.of(Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (Path folder = code; folder != null; folder = folder.getParent()) {
        if (Files.isRegularFile(folder.resolve("deploy/sightline"))) {
          return folder;
        }
      }
    } catch (URISyntaxException unusable) {
      return Path.of("").toAbsolutePath();
    }
    return Path.of("").toAbsolutePath();
  }

  /** Digest of the sources that this program was built from, or "unknown". */
  public static String build() {
    String given = System.getenv("SIGHTLINE_BUILD");
    return given == null || given.isBlank() ? "unknown" : given;
  }

  /** The prepared environment's interpreter: the launcher's, or the cached one for these locks. */
  public static Optional<Path> python() {
    String given = System.getenv("SIGHTLINE_PYTHON");
    if (given != null && !given.isBlank()) {
      return Optional.of(Path.of(given).toAbsolutePath());
    }
    try {
      ByteArrayOutputStream locks = new ByteArrayOutputStream();
      locks.write(Files.readAllBytes(root().resolve("deploy/triton/requirements.lock")));
      locks.write(Files.readAllBytes(root().resolve("deploy/stack/requirements.lock")));
      String digest = Digest.of(locks.toByteArray()).hex().substring(0, 12);
      for (String version : PYTHON_VERSIONS) {
        Path folder = Folders.cache().resolve("python-" + digest + "-" + version);
        if (Files.exists(folder.resolve(".ready"))) {
          return Optional.of(folder.resolve("bin/python"));
        }
      }
    } catch (IOException noLocks) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
