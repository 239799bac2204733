package dev.sightline.worker.cli.dataset;

import dev.sightline.worker.cli.CommandGroup;
import picocli.CommandLine.Command;

/** Holds the benchmarks. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measure how fast this machine is at Sightline's work; starts no server.",
    subcommands = {BenchPuzzlesCommand.class, BenchStepCommand.class},
    footer = {"", "Examples:", "  sightline bench puzzles", "  sightline bench step --against trl"})
public final class BenchCommand extends CommandGroup {}
