package dev.sightline.worker.cli.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.ArtifactStore;
import dev.sightline.storage.ExperimentStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * A published report as files.
 *
 * @param text the tables for a terminal
 */
public record ReportFiles(Path json, Path html, Path markdown, String text) {
  private static final Map<String, String> NAMES =
      Map.of("json", "report.json", "html", "report.html", "markdown", "report.md");

  /**
   * Writes report.json, report.html and report.md; each file is the old or the new one, never half.
   *
   * @throws SightlineException STAGE_FAILED when there is no report yet, ARTIFACT_MISSING,
   *     ARTIFACT_CORRUPT, INVALID_REQUEST when the folder cannot be written
   */
  public static ReportFiles write(
      ExperimentStore.Experiment experiment, ArtifactStore artifacts, Path folder) {
    Digest digest = experiment.reportDigest();
    if (digest == null) {
      throw new SightlineException(
          FailureType.STAGE_FAILED,
          experiment.id()
              + " has no report yet, its state is "
              + experiment.state()
              + "; follow it by `sightline watch "
              + experiment.id()
              + "`");
    }
    try {
      JsonNode index = new ObjectMapper().readTree(artifacts.get(digest));
      Files.createDirectories(folder);
      for (Map.Entry<String, String> name : NAMES.entrySet()) {
        Path temporary = folder.resolve(name.getValue() + ".tmp");
        Files.write(temporary, artifacts.get(part(index, name.getKey())));
        Files.move(temporary, folder.resolve(name.getValue()), StandardCopyOption.REPLACE_EXISTING);
      }
      return new ReportFiles(
          folder.resolve("report.json"),
          folder.resolve("report.html"),
          folder.resolve("report.md"),
          new String(artifacts.get(part(index, "text")), StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST,
          folder + " cannot be written (" + failure.getMessage() + "); choose another --out",
          failure);
    }
  }

  private static Digest part(JsonNode index, String name) {
    String hex = index.path(name).asText();
    if (hex.isEmpty()) {
      throw new SightlineException(
          FailureType.ARTIFACT_CORRUPT,
          "the report's index has no " + name + "; report it as a bug");
    }
    return new Digest(hex);
  }
}
