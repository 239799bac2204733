package dev.sightline.worker.cli;

import dev.sightline.workflow.CommandKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "extend",
    mixinStandardHelpOptions = true,
    description = "Allow more attempts of each step before an operator is asked.",
    footer = {
      "",
      "Examples:",
      "  sightline extend quickstart-0123456789ab --attempts 5",
      "  sightline extend quickstart-0123456789ab train/only_accuracy/1 --attempts 20"
    })
final class ExtendCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();
  @Mixin private OperatorOptions options = new OperatorOptions();

  @Option(
      names = "--attempts",
      required = true,
      paramLabel = "N",
      description = "How many more, 1 or more; on top of operations.retry.maximumAttempts.")
  private long attempts;

  @Override
  public Integer call() {
    return options.send(root, CommandKind.EXTEND_BUDGET, attempts);
  }
}
