package dev.sightline.worker.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sightline.foundation.CanonicalJson;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.ExperimentStore;
import dev.sightline.storage.FolderArtifactStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportFilesTest {
  @TempDir private Path folder = Path.of("unset");

  @Test
  void aPublishedReportBecomesFiles() throws IOException {
    FolderArtifactStore artifacts = new FolderArtifactStore(folder.resolve("artifacts"));
    Digest index =
        artifacts.put(
            CanonicalJson.bytes(
                Map.of(
                    "json", put(artifacts, "{}"),
                    "html", put(artifacts, "<p>"),
                    "markdown", put(artifacts, "# x"),
                    "text", put(artifacts, "table"))));

    ReportFiles files =
        ReportFiles.write(
            experiment(index), artifacts, folder.resolve("out/deep"), ReportFiles.Version.WHOLE);

    assertThat(files.text()).isEqualTo("table");
    assertThat(Files.readString(files.json())).isEqualTo("{}");
    assertThat(Files.readString(files.html())).isEqualTo("<p>");
    assertThat(Files.readString(files.markdown())).isEqualTo("# x");
    assertThat(folder.resolve("out/deep")).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void anExperimentWithoutAReportSaysHowToGoOn() {
    FolderArtifactStore artifacts = new FolderArtifactStore(folder.resolve("artifacts"));

    assertThatThrownBy(
            () -> ReportFiles.write(experiment(null), artifacts, folder, ReportFiles.Version.WHOLE))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("has no report yet")
        .hasMessageContaining("sightline watch demo-0123456789ab");
  }

  @Test
  void theVersionWithoutInterruptedRoundsHasFilesOfItsOwn() throws IOException {
    FolderArtifactStore artifacts = new FolderArtifactStore(folder.resolve("artifacts"));
    Map<String, String> whole = parts(artifacts, "whole");
    Digest undisturbed = artifacts.put(CanonicalJson.bytes(whole));
    Map<String, Object> both = new TreeMap<>(whole);
    both.put("withoutInterrupted", parts(artifacts, "without"));
    Digest disturbed = artifacts.put(CanonicalJson.bytes(both));
    ReportFiles.Version without = ReportFiles.Version.WITHOUT_INTERRUPTED;

    ReportFiles files = ReportFiles.write(experiment(disturbed), artifacts, folder, without);
    ReportFiles.write(experiment(disturbed), artifacts, folder, ReportFiles.Version.WHOLE);

    assertThat(files.html()).hasFileName("report-without-interrupted.html").hasContent("without");
    assertThat(folder.resolve("report.html")).hasContent("whole");
    assertThatThrownBy(() -> ReportFiles.write(experiment(undisturbed), artifacts, folder, without))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("none was interrupted");
  }

  private static Map<String, String> parts(FolderArtifactStore artifacts, String text) {
    String digest = put(artifacts, text);
    return Map.of("json", digest, "html", digest, "markdown", digest, "text", digest);
  }

  private static String put(FolderArtifactStore artifacts, String text) {
    return artifacts.put(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static ExperimentStore.Experiment experiment(@Nullable Digest report) {
    return new ExperimentStore.Experiment(
        "demo-0123456789ab",
        "demo",
        Digest.ofText("spec"),
        JsonNodeFactory.instance.objectNode(),
        JsonNodeFactory.instance.objectNode(),
        ExperimentStore.State.RUNNING,
        "dataset",
        null,
        report,
        report,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
