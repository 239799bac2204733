package dev.sightline.worker.cli;

import dev.sightline.worker.stack.LocalStack;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description =
        "End every process of this home's stack, also what a crash left behind. Data stays.",
    footer = {"", "Example:", "  sightline --home /data/sl down"})
final class DownCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();

  @Override
  public Integer call() {
    boolean ran = new LocalStack(root.home()).down();
    root.output().line(ran ? "down" : "nothing was running in " + root.home().root());
    root.output().result(Map.of("ran", ran));
    return ExitStatus.DONE;
  }
}
