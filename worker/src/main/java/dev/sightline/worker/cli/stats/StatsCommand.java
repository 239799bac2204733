package dev.sightline.worker.cli.stats;

import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import dev.sightline.worker.cli.SightlineCommand;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Holds the statistics commands. */
@Command(
    name = "stats",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Compare arms, plan sizes, check published tables; starts no server.",
    subcommands = {CompareCommand.class, PowerCommand.class, TablesCommand.class},
    footer = {
      "",
      "Examples:",
      "  sightline stats compare --a mixture.jsonl --b only-accuracy.jsonl",
      "  sightline stats power --items 900 --seeds 5 --difference 0.0556",
      "  sightline stats tables deploy/experiments/paper-tables.json"
    })
public final class StatsCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();

  @Spec private @Nullable CommandSpec spec;

  /** Where results go. */
  Output output() {
    return root.output();
  }

  @Override
  public Integer call() {
    if (spec != null) {
      spec.commandLine().usage(System.err);
    }
    return ExitStatus.BAD_INPUT;
  }
}
