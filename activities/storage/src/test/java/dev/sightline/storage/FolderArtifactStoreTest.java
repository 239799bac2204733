package dev.sightline.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FolderArtifactStoreTest extends ArtifactStoreContract {
  @TempDir Path folder;

  @Override
  ArtifactStore open() {
    return new FolderArtifactStore(folder);
  }

  @Override
  String place(Digest digest) {
    return path(digest).toString();
  }

  @Override
  void damage(Digest digest, byte[] bytes) {
    try {
      Files.write(path(digest), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void writersOfTheSameBytesLeaveNothingBehind() throws Exception {
    Digest digest = StoreContract.together(8, () -> store.put(BYTES)).getFirst();

    assertThat(path(digest)).exists();
    assertThat(files(folder.resolve("incoming"))).isEmpty();
  }

  /**
   * A real child process is watched at work and then killed; every artifact is whole from the
   * moment it has its name. Whoever opens the store meanwhile lets its files be, and afterwards
   * removes what it left.
   */
  @Test
  @Timeout(60)
  void aKilledWriterLeavesOnlyWholeArtifacts() throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    Set<Path> verified = new HashSet<>();
    try {
      while (verified.size() < 20 && writer.isAlive()) {
        stored().stream().filter(verified::add).forEach(this::verify);
        store = new FolderArtifactStore(folder);
      }
      assertThat(writer.isAlive()).as("the writer is killed at work").isTrue();
    } finally {
      writer.destroyForcibly().waitFor();
    }

    assertThat(stored()).containsAll(verified).allSatisfy(this::verify);
    Files.write(folder.resolve("incoming").resolve("left by a killed writer"), BYTES);
    store = new FolderArtifactStore(folder);
    assertThat(files(folder.resolve("incoming"))).isEmpty();
  }

  private void verify(Path artifact) {
    assertThat(store.get(new Digest(artifact.getFileName().toString()))).hasSize(Writer.SIZE);
  }

  @Test
  void aFullDiskIsToldApart() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "SKIPPED: this system has no /dev/full");
    IOException failure =
        catchThrowableOfType(
            IOException.class, () -> Files.write(full, BYTES, StandardOpenOption.WRITE));

    assertThat(FolderArtifactStore.failure(failure, full).type())
        .isEqualTo(FailureType.STORAGE_FULL);
    assertThat(FolderArtifactStore.failure(new IOException("Input/output error"), full).type())
        .isEqualTo(FailureType.STORE_UNAVAILABLE);
  }

  /** Writes different artifacts until it is killed. */
  static final class Writer {
    static final int SIZE = 4_000_000;

    private Writer() {}

    public static void main(String[] arguments) {
      ArtifactStore store = new FolderArtifactStore(Path.of(arguments[0]));
      for (int i = 0; ; i++) {
        byte[] bytes = new byte[SIZE];
        new Random(i).nextBytes(bytes);
        store.put(bytes);
      }
    }
  }

  private Path path(Digest digest) {
    String hex = digest.hex();
    return folder.resolve(hex.substring(0, 2)).resolve(hex.substring(2, 4)).resolve(hex);
  }

  private List<Path> stored() throws IOException {
    return files(folder).stream()
        .filter(path -> path.getFileName().toString().length() == 64)
        .toList();
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      return List.of(); // a file was renamed away during the walk; the caller looks again
    }
  }
}
