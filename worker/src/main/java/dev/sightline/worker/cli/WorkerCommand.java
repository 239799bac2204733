package dev.sightline.worker.cli;

import dev.sightline.worker.service.WorkerService;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    hidden = true,
    description = {
      "Run the Temporal worker with its HTTP endpoints until SIGTERM.",
      "Settings come from the environment: SIGHTLINE_TEMPORAL_ADDRESS, SIGHTLINE_JDBC_URL and so on."
    })
final class WorkerCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    WorkerService.runUntilStopped();
    return ExitStatus.DONE;
  }
}
