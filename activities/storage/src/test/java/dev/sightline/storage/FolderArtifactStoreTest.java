package dev.sightline.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FolderArtifactStoreTest {
  private static final byte[] BYTES = "what was rolled out".getBytes(UTF_8);

  @TempDir Path folder;
  private ArtifactStore store;

  @BeforeEach
  void open() {
    store = new FolderArtifactStore(folder);
  }

  @Test
  void bytesComeBackByTheirDigest() {
    Digest digest = store.put(BYTES);

    assertThat(digest).isEqualTo(Digest.of(BYTES));
    assertThat(store.get(digest)).isEqualTo(BYTES);
    assertThat(store.contains(digest)).isTrue();
    assertThat(store.get(store.put(new byte[0]))).isEmpty();
    assertThat(path(digest)).exists();
  }

  @Test
  void aMissingArtifactIsNamed() {
    Digest digest = Digest.ofText("nothing");

    assertThat(store.contains(digest)).isFalse();
    StoreContract.assertFails(
        FailureType.ARTIFACT_MISSING, path(digest).toString(), () -> store.get(digest));
  }

  @Test
  void damageIsNoticedAndMended() throws IOException {
    Digest digest = store.put(BYTES);
    byte[] damaged = BYTES.clone();
    damaged[3] ^= 1;
    Files.write(path(digest), damaged);

    StoreContract.assertFails(
        FailureType.ARTIFACT_CORRUPT, path(digest).toString(), () -> store.get(digest));
    StoreContract.assertFails(
        FailureType.ARTIFACT_CORRUPT, digest.hex(), () -> store.put(digest, damaged));
    store.put(digest, BYTES);
    assertThat(store.get(digest)).isEqualTo(BYTES);
  }

  @Test
  void manyWritersOfTheSameBytesMakeOneFile() throws Exception {
    List<Digest> digests = StoreContract.together(8, () -> store.put(BYTES));

    assertThat(new HashSet<>(digests)).hasSize(1);
    assertThat(store.get(digests.getFirst())).isEqualTo(BYTES);
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
