package dev.sightline.worker.cli.stats;

import dev.sightline.worker.cli.CommandGroup;
import picocli.CommandLine.Command;

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
public final class StatsCommand extends CommandGroup {}
