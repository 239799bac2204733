package dev.sightline.worker.cli;

import dev.sightline.workflow.CommandKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description =
        "Let what waits for an operator try again; without TARGET every stage that waits.",
    footer = {
      "",
      "Examples:",
      "  sightline retry quickstart-0123456789ab",
      "  sightline retry quickstart-0123456789ab train/only_accuracy/1"
    })
final class RetryCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();
  @Mixin private OperatorOptions options = new OperatorOptions();

  @Override
  public Integer call() {
    return options.send(root, CommandKind.RETRY_STAGE);
  }
}
