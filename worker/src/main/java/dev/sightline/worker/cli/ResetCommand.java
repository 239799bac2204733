package dev.sightline.worker.cli;

import dev.sightline.storage.AuditStore;
import dev.sightline.worker.cli.experiment.Ablations;
import dev.sightline.worker.cli.experiment.Connection;
import dev.sightline.worker.cli.experiment.Resets;
import dev.sightline.workflow.OperatorCommand;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "reset",
    mixinStandardHelpOptions = true,
    description = {
      "Let an open training run begin a round again.",
      "Steps after the round's beginning are superseded: they stay in the ledger, count nowhere,"
          + " and",
      "the run goes on along a new branch. Prints the same reset for `temporal` and for `tctl`."
    },
    footer = {
      "",
      "Examples:",
      "  sightline reset run/quickstart-0123456789ab/only_accuracy/1 --round 2",
      "  sightline reset run/quickstart-0123456789ab/only_accuracy/1 --round 2 --dry-run",
      "",
      "Rounds are counted from 0; `sightline status ID` shows where each run stands."
    })
final class ResetCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "Workflow id of the run: run/<experiment>/<arm>/<seed>.")
  private String id = "";

  @Option(
      names = "--round",
      paramLabel = "N",
      required = true,
      description = "Round to begin again, counted from 0.")
  private long round;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "begin a round again",
      description = "Why; kept in the operator audit (default: ${DEFAULT-VALUE}).")
  private String reason = "";

  @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    Output output = root.output();
    try (Connection connection = Connection.to(root.home())) {
      Resets resets = new Resets(connection.temporal());
      Resets.Point point = resets.find(id, round);
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("workflowId", id);
      document.put("round", round);
      document.put("runId", point.runId());
      document.put("eventId", point.eventId());
      document.put("temporal", point.temporal(reason));
      document.put("tctl", point.tctl(reason));
      if (!dryRun) {
        String begun = resets.reset(point, reason);
        note(connection, begun);
        document.put("newRunId", begun);
        output.line(id + ": begins round " + round + " again as " + begun);
      }
      output.line("  " + point.temporal(reason));
      output.line("  " + point.tctl(reason));
      output.result(document);
      return ExitStatus.DONE;
    }
  }

  private void note(Connection connection, String begun) {
    OperatorCommand order = Ablations.order(id, reason, null);
    connection
        .stores()
        .audit()
        .append(
            new AuditStore.Entry(
                id,
                order.commandId(),
                id.split("/", 3)[1],
                "reset",
                order.by(),
                id,
                reason,
                AuditStore.Outcome.ACCEPTED,
                "round " + round + " begins again as " + begun,
                Instant.now()));
  }
}
