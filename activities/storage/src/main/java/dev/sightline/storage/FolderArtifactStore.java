package dev.sightline.storage;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/**
 * Artifacts as files {@code <root>/ab/cd/<digest>}. A file appears under its name only when its
 * bytes are on the disk. Until then it lies under {@code <root>/incoming}, locked by its writer:
 * what a killed writer left there has no lock, and the next one to open the store removes it.
 */
public final class FolderArtifactStore extends DigestedArtifactStore {
  private final Path root;
  private final Path incoming;

  /**
   * Creates the folder when it is not there.
   *
   * @throws SightlineException STORE_UNAVAILABLE, STORAGE_FULL
   */
  public FolderArtifactStore(Path root) {
    this.root = root;
    this.incoming = root.resolve("incoming");
    try {
      Files.createDirectories(incoming);
      removeLeftovers();
    } catch (IOException e) {
      throw failure(e, root);
    }
  }

  @Override
  public byte[] get(Digest digest) {
    Path path = path(digest);
    try {
      byte[] bytes = Files.readAllBytes(path);
      if (!Digest.of(bytes).equals(digest)) {
        throw new SightlineException(
            FailureType.ARTIFACT_CORRUPT,
            "artifact " + path + " is damaged: it has other bytes than its name promises");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new SightlineException(
          FailureType.ARTIFACT_MISSING, "artifact " + path + " is missing", e);
    } catch (IOException e) {
      throw failure(e, path);
    }
  }

  @Override
  public boolean contains(Digest digest) {
    return Files.isRegularFile(path(digest));
  }

  private Path path(Digest digest) {
    return outerFolder(digest).resolve(digest.hex().substring(2, 4)).resolve(digest.hex());
  }

  private Path outerFolder(Digest digest) {
    return root.resolve(digest.hex().substring(0, 2));
  }

  /** A lock ends with its process, so a file that can be locked is nobody's. */
  private void removeLeftovers() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(incoming)) {
      for (Path file : files) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock()) {
          if (lock != null) {
            Files.deleteIfExists(file);
          }
        } catch (NoSuchFileException | OverlappingFileLockException e) {
          // Its writer has just moved it, or is a store of this process.
          continue;
        }
      }
    }
  }

  @Override
  void store(Digest digest, byte[] bytes) {
    Path target = path(digest);
    try {
      if (isIntact(target, digest, bytes.length)) {
        return;
      }
      Path outer = outerFolder(digest);
      Path folder = outer.resolve(digest.hex().substring(2, 4));
      Files.createDirectories(folder);
      while (!moved(digest, bytes, target)) {
        // Another store was opened between this one's creating the file and locking it.
        Thread.onSpinWait();
      }
      // The rename, and the folders that it may be the first to use, must outlive a power cut.
      syncFolder(folder);
      syncFolder(outer);
      syncFolder(root);
    } catch (IOException e) {
      throw failure(e, target);
    }
  }

  /** Writes the bytes aside and renames them; false when the file was taken for a leftover. */
  private boolean moved(Digest digest, byte[] bytes, Path target) throws IOException {
    Path temporary = incoming.resolve(digest.shortForm() + "-" + UUID.randomUUID());
    try (FileChannel channel =
            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid() || !Files.exists(temporary)) {
        return false;
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return true;
    } catch (OverlappingFileLockException e) {
      return false; // another store of this process has just taken it for a leftover
    } catch (IOException e) {
      discard(temporary, e);
      throw e;
    }
  }

  private static boolean isIntact(Path target, Digest digest, int length) throws IOException {
    if (!Files.isRegularFile(target) || Files.size(target) != length) {
      return false;
    }
    return Digest.of(Files.readAllBytes(target)).equals(digest);
  }

  private static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void discard(Path temporary, IOException cause) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** The JDK tells a full disk only by the operating system's words. */
  static SightlineException failure(IOException e, Path path) {
    String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    if (said.contains("no space left") || said.contains("quota exceeded")) {
      return new SightlineException(
          FailureType.STORAGE_FULL, "no space left for " + path + "; free some", e);
    }
    return new SightlineException(
        FailureType.STORE_UNAVAILABLE, "cannot use " + path + ": " + e.getMessage(), e);
  }
}
