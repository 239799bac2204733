package dev.sightline.worker.cli;

import dev.sightline.spec.Ids;
import dev.sightline.spec.SpecDigest;
import dev.sightline.spec.Trainable;
import dev.sightline.worker.cli.experiment.Ablations;
import dev.sightline.worker.cli.experiment.Connection;
import dev.sightline.worker.cli.experiment.Following;
import dev.sightline.worker.cli.experiment.SpecFile;
import dev.sightline.worker.cli.experiment.StackGuard;
import dev.sightline.worker.cli.experiment.Watcher;
import dev.sightline.worker.stack.LocalStack;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "submit",
    mixinStandardHelpOptions = true,
    description = {
      "Check an experiment and start it on the running stack.",
      "One that runs already is attached to; one that is done is not run again."
    },
    footer = {
      "",
      "Examples:",
      "  sightline submit deploy/experiments/quickstart.yaml",
      "  sightline submit my.yaml --wait    follow it; exit status 1 failed, 3 waits for an operator",
      "  sightline submit my.yaml --name nightly-$(date -u +%Y%m%d) --wait     every night anew"
    })
final class SubmitCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();

  @Option(names = "--wait", description = "Follow the experiment to its end.")
  private boolean wait;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Run it under another name than the file's: as an experiment of its own, whose numbers"
              + " must be the same.")
  private @Nullable String name;

  @Parameters(index = "0", paramLabel = "FILE", description = "Experiment file (YAML).")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    return switch (name == null ? SpecFile.read(file) : SpecFile.read(file, name)) {
      case SpecFile.Wrong wrong -> PlanCommand.wrong(root.output(), wrong);
      case SpecFile.Valid valid -> {
        List<String> missing = Trainable.missing(valid.spec());
        yield missing.isEmpty() ? submit(valid) : refused(missing);
      }
    };
  }

  /** The file is right and can be planned; this version cannot run it. */
  private int refused(List<String> missing) {
    String others =
        missing.size() == 1 ? "" : " (`sightline plan` names " + (missing.size() - 1) + " more)";
    String problem = file + ": " + missing.getFirst() + others;
    root.output().problem(problem);
    root.output().result(Map.of("valid", true, "problems", List.of(problem)));
    return ExitStatus.BAD_INPUT;
  }

  private int submit(SpecFile.Valid valid) {
    Output output = root.output();
    String experiment = SpecDigest.experimentId(valid.spec());
    try (Connection connection = Connection.to(root.home())) {
      Ablations.Submission submission = new Ablations(connection.temporal()).submit(valid.spec());
      String link = connection.link(Ids.ablation(experiment));
      output.line(
          switch (submission) {
            case STARTED -> "started " + experiment;
            case ATTACHED -> experiment + " runs already";
            case ALREADY_DONE -> experiment + " is done already";
          });
      output.line("  Temporal UI  " + link);
      output.line(
          submission == Ablations.Submission.ALREADY_DONE
              ? "  report       sightline report " + experiment
              : "  follow       sightline watch " + experiment);
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("experiment", experiment);
      document.put("workflowId", Ids.ablation(experiment));
      document.put("link", link);
      document.put("submission", submission.name().toLowerCase(Locale.ROOT));
      int status = ExitStatus.DONE;
      if (wait && submission != Ablations.Submission.ALREADY_DONE) {
        StackGuard guard = new StackGuard(new LocalStack(root.home()));
        Watcher.Ending ending = new Following(connection, output, guard).follow(experiment);
        status = Endings.say(output, experiment, ending);
        document.put("ending", Endings.tree(ending));
      }
      output.result(document);
      return status;
    }
  }
}
