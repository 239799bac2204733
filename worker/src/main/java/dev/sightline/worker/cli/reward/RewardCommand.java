package dev.sightline.worker.cli.reward;

import dev.sightline.worker.cli.CommandGroup;
import picocli.CommandLine.Command;

/** Holds the reward commands. */
@Command(
    name = "reward",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "List reward designs, score completions by them, serve them to other trainers.",
    subcommands = {ListCommand.class, ScoreCommand.class, ServeCommand.class},
    footer = {
      "",
      "Examples:",
      "  sightline reward list",
      "  sightline reward score --design mixture --in completions.jsonl --out scores.jsonl",
      "  sightline reward serve --port 8384"
    })
public final class RewardCommand extends CommandGroup {}
