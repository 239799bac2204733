package dev.sightline.workflow.internal.replay;

import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The recorded histories, {@code histories/<WorkflowType>/<release>-<scenario>.json}. */
final class Histories {
  /** Where the recorder writes and the replay test reads; tests run in the module's folder. */
  static final Path FOLDER = Path.of("src", "test", "resources", "histories");

  private Histories() {}

  static List<Path> of(String workflowType) {
    Path folder = FOLDER.resolve(workflowType);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one, under the workflow id that it was recorded with: workflows check their id. */
  static WorkflowExecutionHistory read(Path file) {
    try {
      return WorkflowExecutionHistory.fromJson(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes one; what is recorded is never written again. */
  static void write(String workflowType, String name, WorkflowExecutionHistory history) {
    Path file = FOLDER.resolve(workflowType).resolve(name + ".json");
    try {
      if (Files.exists(file)) {
        return;
      }
      Files.createDirectories(file.getParent());
      // Workers and clients sign with their host's name.
      String json =
          history.toJson(true).replaceAll("\"identity\": \"[^\"]*\"", "\"identity\": \"recorder\"");
      Files.writeString(file, json + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
