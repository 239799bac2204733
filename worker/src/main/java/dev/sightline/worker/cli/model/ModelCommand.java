package dev.sightline.worker.cli.model;

import dev.sightline.worker.cli.CommandGroup;
import picocli.CommandLine.Command;

/** Holds the commands about model folders. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Say whether a model folder is complete and what training it takes.",
    subcommands = {CheckCommand.class},
    footer = {"", "Examples:", "  sightline model check /models/Qwen2.5-VL-7B-Instruct"})
public final class ModelCommand extends CommandGroup {}
