package dev.sightline.activity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.FolderArtifactStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecoveryTest {
  private static final byte[] BYTES = "what was stored".getBytes(UTF_8);
  private static final Recovery.Part PART = new Recovery.Part("run/a/b/1", "the batch of step 3");

  @TempDir Path folder;
  private final Notes notes = new Notes();
  private FolderArtifactStore store;
  private Recovery recovery;
  private Digest digest;

  @BeforeEach
  void store() {
    store = new FolderArtifactStore(folder);
    recovery = new Recovery(store, notes);
    digest = store.put(BYTES);
  }

  @Test
  void whatIsWholeIsNotMadeAgain() {
    assertThat(recovery.get(digest, PART, () -> new byte[0])).isEqualTo(BYTES);
    assertThat(notes.all).isEmpty();
  }

  @Test
  void aRemovedAndADamagedArtifactAreStoredAgainAndNoted() throws IOException {
    Files.delete(file());
    assertThat(recovery.get(digest, PART, BYTES::clone)).isEqualTo(BYTES);
    assertThat(Files.readAllBytes(file())).isEqualTo(BYTES);

    Files.write(file(), new byte[] {1});
    assertThat(recovery.get(digest, PART, BYTES::clone)).isEqualTo(BYTES);
    assertThat(Files.readAllBytes(file())).isEqualTo(BYTES);
    assertThat(notes.all)
        .extracting(note -> note.scope() + " " + note.activity() + " " + note.failureType())
        .containsExactly(
            "run/a/b/1 artifact ARTIFACT_MISSING", "run/a/b/1 artifact ARTIFACT_CORRUPT");
    assertThat(notes.all.getFirst().message())
        .contains(file().toString(), "made again to its digest: the batch of step 3");
  }

  @Test
  void otherBytesAreRefusedAndNotStored() throws IOException {
    Files.delete(file());
    byte[] other = "what another build makes".getBytes(UTF_8);

    SightlineException failure = failure(() -> recovery.get(digest, PART, () -> other));

    assertThat(failure.type()).isEqualTo(FailureType.ARTIFACT_MISSING);
    assertThat(failure)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("the batch of step 3")
        .hasMessageContaining("another digest, " + Digest.of(other))
        .hasMessageContaining("put the file back");
    assertThat(file()).doesNotExist();
    assertThat(store.contains(Digest.of(other))).isFalse();
    assertThat(notes.all).isEmpty();
  }

  @Test
  void whatWasSampledIsAskedFor() throws IOException {
    assertThat(recovery.unique(digest, PART, "go back")).isEqualTo(BYTES);
    Files.write(file(), new byte[] {1});

    SightlineException failure = failure(() -> recovery.unique(digest, PART, "go back"));

    assertThat(failure.type()).isEqualTo(FailureType.ARTIFACT_CORRUPT);
    assertThat(failure)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("cannot be made again: put its file back")
        .hasMessageEndingWith("or go back");
  }

  private static SightlineException failure(Supplier<byte[]> reading) {
    return catchThrowableOfType(SightlineException.class, reading::get);
  }

  private Path file() {
    String hex = digest.hex();
    return folder.resolve(hex.substring(0, 2)).resolve(hex.substring(2, 4)).resolve(hex);
  }
}
