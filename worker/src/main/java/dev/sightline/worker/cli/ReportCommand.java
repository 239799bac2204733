package dev.sightline.worker.cli;

import dev.sightline.storage.ExperimentStore;
import dev.sightline.worker.cli.experiment.Ablations;
import dev.sightline.worker.cli.experiment.Connection;
import dev.sightline.worker.cli.experiment.ExperimentReader;
import dev.sightline.worker.cli.experiment.ReportFiles;
import dev.sightline.worker.stack.StackHome;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description =
        "Write an experiment's report.html, report.json and report.md, and print its tables.",
    footer = {
      "",
      "Examples:",
      "  sightline report quickstart-0123456789ab",
      "  sightline report quickstart-0123456789ab --out results/first",
      "  sightline report quickstart-0123456789ab --without-interrupted"
    })
final class ReportCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "Where to write (default: reports/ID in the home).")
  private @Nullable Path out;

  @Option(
      names = "--without-interrupted",
      description =
          "Leave rounds that did not go through at once out of training tables and curves. Final"
              + " evaluations are of whole runs and stay.")
  private boolean withoutInterrupted;

  @Parameters(index = "0", paramLabel = "ID", description = "Experiment.")
  private String id = "";

  @Override
  public Integer call() {
    try (Connection connection = Connection.to(root.home())) {
      ReportFiles.Version version =
          withoutInterrupted ? ReportFiles.Version.WITHOUT_INTERRUPTED : ReportFiles.Version.WHOLE;
      root.output().result(write(connection, root.home(), root.output(), id, out, version));
      return ExitStatus.DONE;
    }
  }

  /** Writes and prints the report; the JSON document that says where it is. */
  static Map<String, Object> write(
      Connection connection,
      StackHome home,
      Output output,
      String id,
      @Nullable Path out,
      ReportFiles.Version version) {
    ExperimentStore.Experiment row =
        new ExperimentReader(connection.stores()).row(Ablations.experimentId(id));
    Path folder = out == null ? home.root().resolve("reports").resolve(row.id()) : out;
    ReportFiles files =
        ReportFiles.write(
            row, connection.artifacts(), folder.toAbsolutePath().normalize(), version);
    files.text().lines().forEach(output::line);
    output.line("");
    for (Path file : List.of(files.html(), files.json(), files.markdown())) {
      output.line("  %-11s  %s".formatted(file.getFileName(), file));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("experiment", row.id());
    document.put("resultsDigest", row.resultsDigest() == null ? "" : row.resultsDigest().hex());
    document.put("html", files.html().toString());
    document.put("json", files.json().toString());
    document.put("markdown", files.markdown().toString());
    return document;
  }
}
