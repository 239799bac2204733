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

/** Holds the data set commands. */
@Command(
    name = "dataset",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Make, check, look at and export puzzle data sets; starts no server.",
    subcommands = {
      FamiliesCommand.class,
      GenerateCommand.class,
      VerifyCommand.class,
      ShowCommand.class,
      GalleryCommand.class,
      ExportCommand.class,
      SolveCommand.class,
      ImportCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  sightline dataset families",
      "  sightline dataset generate --family clock --count 1000 --out data/clock",
      "  sightline dataset gallery data/clock --out clock.html",
      "  sightline dataset export data/clock --format parquet --out clock-parquet",
      "  sightline dataset solve --format algopuzzlevqa AlgoPuzzleVQA/data"
    })
public final class DatasetCommand implements Callable<Integer> {
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
