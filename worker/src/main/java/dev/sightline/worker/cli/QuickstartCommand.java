package dev.sightline.worker.cli;

import dev.sightline.spec.Ids;
import dev.sightline.spec.SpecDigest;
import dev.sightline.worker.cli.experiment.Ablations;
import dev.sightline.worker.cli.experiment.BorrowedStack;
import dev.sightline.worker.cli.experiment.Connection;
import dev.sightline.worker.cli.experiment.Following;
import dev.sightline.worker.cli.experiment.FreshHome;
import dev.sightline.worker.cli.experiment.ReportFiles;
import dev.sightline.worker.cli.experiment.SpecFile;
import dev.sightline.worker.cli.experiment.Watcher;
import dev.sightline.worker.stack.Installation;
import dev.sightline.worker.stack.LocalStack;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    description = {
      "Run a whole reward ablation: start the stack, submit the experiment, follow it, write the"
          + " report and print its tables.",
      "Interrupted or killed, run it again: it goes on where the experiment was. On a terminal the"
          + " Temporal UI stays up until Ctrl-C. What this command started is gone afterwards; a"
          + " stack that `up` started stays."
    },
    footer = {
      "",
      "Examples:",
      "  sightline quickstart",
      "  sightline quickstart --exit",
      "  sightline quickstart --file deploy/experiments/smoke.yaml --exit",
      "  sightline --home /data/sl quickstart --fresh"
    })
final class QuickstartCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();
  @Mixin private StackOptions options = new StackOptions();

  @Option(names = "--exit", description = "End when the report is written, also on a terminal.")
  private boolean exit;

  @Option(
      names = "--fresh",
      description = "Remove all state of the home first: databases, artifacts, checkpoints.")
  private boolean fresh;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Experiment file (default: deploy/experiments/quickstart.yaml).")
  private @Nullable Path file;

  @Override
  public Integer call() {
    Path given = file;
    Path chosen =
        given == null ? Installation.root().resolve("deploy/experiments/quickstart.yaml") : given;
    return switch (SpecFile.read(chosen)) {
      case SpecFile.Wrong wrong -> PlanCommand.wrong(root.output(), wrong);
      case SpecFile.Valid valid -> run(valid);
    };
  }

  private int run(SpecFile.Valid valid) {
    Output output = root.output();
    LocalStack stack = new LocalStack(root.home());
    if (fresh && !FreshHome.clear(stack, output, Output.terminal())) {
      return ExitStatus.DONE;
    }
    try (BorrowedStack borrowed = BorrowedStack.up(stack, options.settings(), output::line)) {
      String experiment = SpecDigest.experimentId(valid.spec());
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("experiment", experiment);
      int status = experiment(valid, experiment, borrowed, document);
      output.result(document);
      if (status == ExitStatus.DONE && !exit && output.live() && borrowed.owned()) {
        output.line("The Temporal UI stays up until Ctrl-C.");
        borrowed.keepUntilInterrupted(status);
      }
      return status;
    }
  }

  private int experiment(
      SpecFile.Valid valid,
      String experiment,
      BorrowedStack borrowed,
      Map<String, Object> document) {
    Output output = root.output();
    try (Connection connection = new Connection(borrowed.endpoints())) {
      Ablations.Submission submission = new Ablations(connection.temporal()).submit(valid.spec());
      output.line(
          switch (submission) {
            case STARTED -> "started " + experiment;
            case ATTACHED -> "going on with " + experiment;
            case ALREADY_DONE -> experiment + " is done already; --fresh would run it again";
          });
      String link = connection.link(Ids.ablation(experiment));
      document.put("link", link);
      output.line("  Temporal UI  " + link);
      output.line("");
      Watcher.Ending ending =
          new Following(connection, output, borrowed.guard()).follow(experiment);
      document.put("ending", Endings.tree(ending));
      if (ending.end() != Watcher.End.COMPLETED) {
        int status = Endings.say(output, experiment, ending);
        if (status == ExitStatus.WAITING_FOR_OPERATOR && borrowed.owned()) {
          output.problem("the stack ends with this command; start it by: sightline up");
        }
        return status;
      }
      output.line("");
      document.put(
          "report",
          ReportCommand.write(
              connection, root.home(), output, experiment, null, ReportFiles.Version.WHOLE));
      output.line("  Temporal UI  " + link);
      return ExitStatus.DONE;
    }
  }
}
