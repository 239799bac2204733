package dev.sightline.worker.cli;

import dev.sightline.workflow.CommandKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "abort",
    mixinStandardHelpOptions = true,
    description =
        "End an experiment or a stage. Finished stages stay, and a partial report is written.",
    footer = {
      "",
      "Example:",
      "  sightline abort quickstart-0123456789ab --reason \"wrong data set\""
    })
final class AbortCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();
  @Mixin private OperatorOptions options = new OperatorOptions();

  @Override
  public Integer call() {
    return options.send(root, CommandKind.ABORT);
  }
}
