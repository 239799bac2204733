package dev.sightline.worker.cli;

import dev.sightline.workflow.CommandKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Let a paused experiment or stage go on.",
    footer = {"", "Example:", "  sightline resume quickstart-0123456789ab"})
final class ResumeCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();
  @Mixin private OperatorOptions options = new OperatorOptions();

  @Override
  public Integer call() {
    return options.send(root, CommandKind.RESUME);
  }
}
