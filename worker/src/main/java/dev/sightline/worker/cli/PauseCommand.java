package dev.sightline.worker.cli;

import dev.sightline.workflow.CommandKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = {
      "Stop an experiment, or one of its stages, at the next safe point.",
      "What is done stays; resume goes on from there."
    },
    footer = {
      "",
      "Examples:",
      "  sightline pause quickstart-0123456789ab",
      "  sightline pause quickstart-0123456789ab train/only_accuracy/1 --reason \"the GPU is needed\""
    })
final class PauseCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();
  @Mixin private OperatorOptions options = new OperatorOptions();

  @Override
  public Integer call() {
    return options.send(root, CommandKind.PAUSE);
  }
}
