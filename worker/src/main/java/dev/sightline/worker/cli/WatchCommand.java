package dev.sightline.worker.cli;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.worker.cli.experiment.Ablations;
import dev.sightline.worker.cli.experiment.Connection;
import dev.sightline.worker.cli.experiment.Following;
import dev.sightline.worker.cli.experiment.StackGuard;
import dev.sightline.worker.cli.experiment.Watcher;
import dev.sightline.worker.stack.LocalStack;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Follow an experiment to its end: stage, arm, step, reward, time left.",
      "Drawn in place on a terminal, lines of changes elsewhere. Ctrl-C stops watching, nothing else.",
      "Exit status 0 done, 1 failed, 3 waits for an operator."
    },
    footer = {"", "Example:", "  sightline watch quickstart-0123456789ab"})
final class WatchCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();

  @Parameters(index = "0", paramLabel = "ID", description = "Experiment.")
  private String id = "";

  @Override
  public Integer call() {
    String experiment = Ablations.experimentId(id);
    try (Connection connection = Connection.to(root.home())) {
      Following following =
          new Following(connection, root.output(), new StackGuard(new LocalStack(root.home())));
      if (!following.exists(experiment)) {
        throw new SightlineException(
            FailureType.UNKNOWN_TARGET,
            "there is no experiment " + id + "; `sightline status` lists those there are");
      }
      Watcher.Ending ending = following.follow(experiment);
      int status = Endings.say(root.output(), experiment, ending);
      root.output().result(Endings.tree(ending));
      return status;
    }
  }
}
