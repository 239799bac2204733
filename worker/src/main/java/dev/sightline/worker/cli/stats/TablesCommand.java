package dev.sightline.worker.cli.stats;

import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "tables",
    mixinStandardHelpOptions = true,
    description = {
      "Add up published tables again: averages, means in and out of domain, the constant answer,"
          + " and unpaired tests of differences.",
      "Exit status 1 if a printed figure does not follow from the counts."
    },
    footer = {
      "",
      "Examples:",
      "  sightline stats tables deploy/experiments/paper-tables.json",
      "  sightline stats tables my-tables.json --json"
    })
final class TablesCommand implements Callable<Integer> {
  @ParentCommand private StatsCommand stats = new StatsCommand();

  @Parameters(index = "0", paramLabel = "FILE", description = "Tables as data (JSON).")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    Output output = stats.output();
    try {
      PublishedTables tables = PublishedTables.read(file);
      TableFindings findings = TableFindings.of(tables);
      TablesView view = new TablesView(tables, findings);
      if (!output.isJson()) {
        view.lines().forEach(output::line);
      }
      output.result(view.tree());
      return findings.disagreeing().isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
    } catch (BadInput wrong) {
      return wrong.print(output);
    }
  }
}
