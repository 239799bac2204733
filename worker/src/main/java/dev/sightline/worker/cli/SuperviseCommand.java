package dev.sightline.worker.cli;

import dev.sightline.worker.stack.Supervisor;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "supervise",
    mixinStandardHelpOptions = true,
    hidden = true,
    description = "Own the parts of the local stack; `up` starts this.")
final class SuperviseCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();

  @Override
  public Integer call() {
    return Supervisor.run(root.home());
  }
}
