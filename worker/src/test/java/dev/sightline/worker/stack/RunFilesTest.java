package dev.sightline.worker.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFilesTest {
  private static final PartRecord RECORD =
      new PartRecord(
          PartName.TRITON, new ProcessIdentity(12, 34, "boot"), "digest", "2026-01-01T00:00:00Z");

  @TempDir private Path folder = Path.of("unset");

  @Test
  void readsWhatItWrote() {
    Path file = folder.resolve("run/triton.json");

    RunFiles.write(file, RECORD);

    assertThat(RunFiles.read(file, PartRecord.class)).contains(RECORD);
  }

  @Test
  void onlyTheOwnerMayReadAndNoTemporaryFileStays() throws Exception {
    Path file = folder.resolve("run/triton.json");

    RunFiles.write(file, RECORD);
    RunFiles.write(file, RECORD);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder.resolve("run"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aHalfWrittenOrMissingFileCountsAsAbsent() throws Exception {
    Path file = folder.resolve("triton.json");
    assertThat(RunFiles.read(file, PartRecord.class)).isEmpty();

    Files.writeString(file, "{\"part\":\"TRI");

    assertThat(RunFiles.read(file, PartRecord.class)).isEmpty();
  }

  @Test
  void aLaunchDiffersByCommandEnvironmentAndBuild() {
    Launch launch = new Launch(List.of("a"), Map.of("x", "1", "y", "2"), folder, "b1");

    assertThat(new Launch(List.of("a"), Map.of("y", "2", "x", "1"), folder, "b1").digest())
        .isEqualTo(launch.digest());
    assertThat(new Launch(List.of("a"), Map.of("x", "1"), folder, "b1").digest())
        .isNotEqualTo(launch.digest());
    assertThat(new Launch(List.of("a"), Map.of("x", "1", "y", "2"), folder, "b2").digest())
        .isNotEqualTo(launch.digest());
  }

  @Test
  void backoffGrowsToALimit() {
    assertThat(Backoff.millis(0)).isEqualTo(200);
    assertThat(Backoff.millis(1)).isEqualTo(400);
    assertThat(Backoff.millis(3)).isEqualTo(1_600);
    assertThat(Backoff.millis(500)).isEqualTo(10_000);
  }

  @Test
  void theTailOfALogIsItsLastLines() throws Exception {
    Path log = folder.resolve("x.log");
    Files.writeString(log, "one\ntwo\n\nthree\n");

    assertThat(LogTail.of(log, 2)).containsExactly("two", "three");
    assertThat(LogTail.of(folder.resolve("none.log"), 2)).isEmpty();
  }
}
