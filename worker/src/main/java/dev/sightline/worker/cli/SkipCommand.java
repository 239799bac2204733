package dev.sightline.worker.cli;

import dev.sightline.workflow.CommandKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "skip",
    mixinStandardHelpOptions = true,
    description =
        "Leave out the rest of one arm, and what needs it. The report says that it was skipped.",
    footer = {
      "",
      "Example:",
      "  sightline skip quickstart-0123456789ab train/only_accuracy/1 --reason \"diverged\""
    })
final class SkipCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();
  @Mixin private OperatorOptions options = new OperatorOptions();

  @Override
  public Integer call() {
    return options.send(root, CommandKind.SKIP_ARM);
  }
}
