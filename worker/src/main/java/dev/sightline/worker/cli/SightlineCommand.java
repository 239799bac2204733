package dev.sightline.worker.cli;

import dev.sightline.worker.cli.artifact.ArtifactsCommand;
import dev.sightline.worker.cli.dataset.BenchCommand;
import dev.sightline.worker.cli.dataset.DatasetCommand;
import dev.sightline.worker.cli.model.ModelCommand;
import dev.sightline.worker.cli.reward.RewardCommand;
import dev.sightline.worker.cli.stats.StatsCommand;
import dev.sightline.worker.stack.StackHome;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The root command. A new command is one class in {@code subcommands} below; its constructor must
 * do nothing, because picocli makes all of them to print the help.
 */
@Command(
    name = "sightline",
    mixinStandardHelpOptions = true,
    version = "sightline 0.1.0-SNAPSHOT",
    sortOptions = false,
    description = "Durable reward-ablation experiments for vision-language models.",
    subcommands = {
      QuickstartCommand.class,
      PlanCommand.class,
      SubmitCommand.class,
      StatusCommand.class,
      WatchCommand.class,
      ReportCommand.class,
      ExportCommand.class,
      ArtifactsCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      RetryCommand.class,
      ExtendCommand.class,
      SkipCommand.class,
      ResetCommand.class,
      AbortCommand.class,
      UpCommand.class,
      DownCommand.class,
      DoctorCommand.class,
      DatasetCommand.class,
      BenchCommand.class,
      RewardCommand.class,
      StatsCommand.class,
      ModelCommand.class,
      SuperviseCommand.class,
      WorkerCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  sightline quickstart               run the first experiment from nothing to its report",
      "  sightline plan FILE                show what an experiment would do; start nothing",
      "  sightline up                       start Temporal, PostgreSQL, Triton and a worker here",
      "  sightline dataset families         list the puzzles that data sets can be made of",
      "  sightline reward list              show reward designs and the terms they are made of",
      "  sightline stats power              say which differences so many items and seeds can find",
      "  sightline model check DIR          say whether a model folder is whole and fits a GPU",
      "  sightline doctor                   say what is missing on this machine",
      "  sightline down                     end what `up` started",
      "  sightline --home /data/sl up       keep all state in another folder",
      "",
      "Exit status: 0 done, 1 failed, 2 bad input, 3 waiting for an operator.",
      "All state lives in SIGHTLINE_HOME (default ./.sightline)."
    })
public final class SightlineCommand {
  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      scope = ScopeType.INHERIT,
      description = "Folder of all state (default: $SIGHTLINE_HOME, else ./.sightline).")
  private Path home = defaultHome();

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print one JSON document on standard output.")
  private boolean json;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show stack traces and log lines.")
  private boolean verbose;

  public StackHome home() {
    return new StackHome(home);
  }

  public boolean json() {
    return json;
  }

  public boolean verbose() {
    return verbose;
  }

  /** Where this command's results go. */
  public Output output() {
    return new Output(System.out, System.err, json);
  }

  private static Path defaultHome() {
    String home = System.getenv("SIGHTLINE_HOME");
    return Path.of(home == null || home.isBlank() ? ".sightline" : home);
  }

  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
