package dev.sightline.worker.cli;

import dev.sightline.activity.Catalog;
import dev.sightline.worker.cli.experiment.Planned;
import dev.sightline.worker.cli.experiment.SpecFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = {
      "Show what an experiment would do: every field with its default, digest and id, work, time,"
          + " and the smallest effects that it could show. Starts nothing.",
      "A wrong file gives every problem as file:line: field: problem; fix, and exit status 2."
    },
    footer = {
      "",
      "Examples:",
      "  sightline plan deploy/experiments/quickstart.yaml",
      "  sightline plan my.yaml --json"
    })
final class PlanCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();

  @Parameters(index = "0", paramLabel = "FILE", description = "Experiment file (YAML).")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    Output output = root.output();
    return switch (SpecFile.read(file)) {
      case SpecFile.Wrong wrong -> wrong(output, wrong);
      case SpecFile.Valid valid -> {
        Planned planned = Planned.of(valid.spec(), valid.defaulted(), Catalog.ALL);
        if (!output.isJson()) {
          planned.lines().forEach(output::line);
        }
        output.result(planned.tree());
        yield ExitStatus.DONE;
      }
    };
  }

  /** Says what is wrong with a file; the status to end with. */
  static int wrong(Output output, SpecFile.Wrong wrong) {
    List<String> lines = wrong.lines();
    lines.forEach(output::problem);
    output.result(Map.of("valid", false, "problems", lines));
    return ExitStatus.BAD_INPUT;
  }
}
