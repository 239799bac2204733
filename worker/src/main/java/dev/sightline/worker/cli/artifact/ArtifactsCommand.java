package dev.sightline.worker.cli.artifact;

import dev.sightline.worker.cli.CommandGroup;
import picocli.CommandLine.Command;

/** Holds the commands about the artifact store. */
@Command(
    name = "artifacts",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Look after the stored data sets, rollouts, scores, batches and reports.",
    subcommands = {VerifyCommand.class},
    footer = {"", "Examples:", "  sightline artifacts verify quickstart-0123456789ab --rebuild"})
public final class ArtifactsCommand extends CommandGroup {}
