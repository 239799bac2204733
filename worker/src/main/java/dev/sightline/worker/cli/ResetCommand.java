package dev.sightline.worker.cli;

import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.AuditStore;
import dev.sightline.worker.cli.experiment.Ablations;
import dev.sightline.worker.cli.experiment.Connection;
import dev.sightline.worker.cli.experiment.Resets;
import dev.sightline.workflow.OperatorCommand;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "reset",
    mixinStandardHelpOptions = true,
    description = {
      "Let an open training run begin a round again, or an open ablation a stage.",
      "A run's steps after the round's beginning are superseded: they stay in the ledger, count"
          + " nowhere,",
      "and the run goes on along a new branch. An ablation asks for the stage, and for all after it,",
      "anew: what is published or runs is found again, what was skipped since is started again.",
      "Prints the same reset for `temporal` and for `tctl`."
    },
    footer = {
      "",
      "Examples:",
      "  sightline reset run/quickstart-0123456789ab/only_accuracy/1 --round 2",
      "  sightline reset run/quickstart-0123456789ab/only_accuracy/1 --round 2 --dry-run",
      "  sightline reset ablation/quickstart-0123456789ab --stage train/only_accuracy/1",
      "",
      "Rounds are counted from 0; `sightline status ID` shows where runs and stages stand."
    })
final class ResetCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "Workflow id: run/<experiment>/<arm>/<seed> or ablation/<experiment>.")
  private String id = "";

  @ArgGroup(multiplicity = "1")
  private Beginning beginning = new Beginning();

  /** Where to go back to; one of the two is given. */
  static final class Beginning {
    @Option(
        names = "--round",
        paramLabel = "N",
        description = "Round of a run to begin again, counted from 0.")
    private @Nullable Long round;

    @Option(
        names = "--stage",
        paramLabel = "PATH",
        description = "Stage of an ablation to begin again, such as train/only_accuracy/1.")
    private String stage = "";

    Resets.Point find(Resets resets, String id) {
      return round == null ? resets.stage(id, stage) : resets.round(id, round);
    }
  }

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "begin again",
      description = "Why; kept in the operator audit (default: ${DEFAULT-VALUE}).")
  private String reason = "";

  @Option(names = "--dry-run", description = "Print what would be done, and do nothing.")
  private boolean dryRun;

  @Override
  public Integer call() {
    Output output = root.output();
    try (Connection connection = Connection.to(root.home())) {
      Resets resets = new Resets(connection.temporal());
      Resets.Point point = beginning.find(resets, id);
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("workflowId", id);
      document.put("begins", point.what());
      document.put("runId", point.runId());
      document.put("eventId", point.eventId());
      document.put("temporal", point.temporal(reason));
      document.put("tctl", point.tctl(reason));
      if (!dryRun) {
        String begun = resets.reset(point, reason);
        document.put("newRunId", begun);
        output.line(id + ": begins " + point.what() + " again as " + begun);
        audit(connection, point, begun, output);
      }
      output.line("  " + point.temporal(reason));
      output.line("  " + point.tctl(reason));
      output.result(document);
      return ExitStatus.DONE;
    }
  }

  /** The reset is done; a second one, because this failed, would go back twice. */
  private void audit(Connection connection, Resets.Point point, String begun, Output output) {
    try {
      note(connection, point, begun);
    } catch (SightlineException away) {
      output.problem("the reset is done, but has no row in the audit: " + away.getMessage());
    }
  }

  private void note(Connection connection, Resets.Point point, String begun) {
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
                point.what() + " begins again as " + begun,
                Instant.now(),
                null,
                null));
  }
}
