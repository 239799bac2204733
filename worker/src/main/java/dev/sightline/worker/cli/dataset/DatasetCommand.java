package dev.sightline.worker.cli.dataset;

import dev.sightline.worker.cli.CommandGroup;
import picocli.CommandLine.Command;

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
public final class DatasetCommand extends CommandGroup {}
