package dev.sightline.worker.cli.dataset;

import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import dev.sightline.worker.cli.SightlineCommand;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Holds the benchmarks. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measure how fast this machine is at Sightline's work; starts no server.",
    subcommands = BenchPuzzlesCommand.class,
    footer = {"", "Examples:", "  sightline bench puzzles"})
public final class BenchCommand implements Callable<Integer> {
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
