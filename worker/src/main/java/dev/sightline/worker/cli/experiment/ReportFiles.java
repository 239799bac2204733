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
  private static final String WITHOUT = "withoutInterrupted";

  /** Which of the two that are published. */
  public enum Version {
    WHOLE("report"),
    WITHOUT_INTERRUPTED("report-without-interrupted");

    private final String file;

    Version(String file) {
      this.file = file;
    }

    private Path in(Path folder, String ending) {
      return folder.resolve(file + "." + ending);
    }
  }

  /**
   * Writes a JSON, an HTML and a Markdown file; each is the old or the new one, never half.
   *
   * @throws SightlineException INVALID_REQUEST when there is no such version SightlineException
   *     STAGE_FAILED when there is no report yet, ARTIFACT_MISSING, ARTIFACT_CORRUPT,
   *     INVALID_REQUEST when the folder cannot be written
   */
  public static ReportFiles write(
      ExperimentStore.Experiment experiment,
      ArtifactStore artifacts,
      Path folder,
      Version version) {
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
      JsonNode index = version(new ObjectMapper().readTree(artifacts.get(digest)), version);
      Files.createDirectories(folder);
      Path json = version.in(folder, "json");
      Path html = version.in(folder, "html");
      Path markdown = version.in(folder, "md");
      for (Map.Entry<String, Path> file :
          Map.of("json", json, "html", html, "markdown", markdown).entrySet()) {
        Path temporary = file.getValue().resolveSibling(file.getValue().getFileName() + ".tmp");
        Files.write(temporary, artifacts.get(part(index, file.getKey())));
        Files.move(temporary, file.getValue(), StandardCopyOption.REPLACE_EXISTING);
      }
      return new ReportFiles(
          json,
          html,
          markdown,
          new String(artifacts.get(part(index, "text")), StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST,
          folder + " cannot be written (" + failure.getMessage() + "); choose another --out",
          failure);
    }
  }

  private static JsonNode version(JsonNode index, Version version) {
    return switch (version) {
      case WHOLE -> index;
      case WITHOUT_INTERRUPTED -> {
        if (!index.has(WITHOUT)) {
          throw new SightlineException(
              FailureType.INVALID_REQUEST,
              "this report has no version without interrupted rounds: none was interrupted, or it"
                  + " is older than such versions; leave out --without-interrupted");
        }
        yield index.path(WITHOUT);
      }
    };
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
