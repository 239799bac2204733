package dev.sightline.worker.cli;

import dev.sightline.worker.cli.experiment.Ablations;
import dev.sightline.worker.cli.experiment.Connection;
import dev.sightline.workflow.CommandKind;
import dev.sightline.workflow.OperatorCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What pause, resume, retry, skip and abort share; used as a picocli mixin. */
final class OperatorOptions {
  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "Experiment, or the id of any Sightline workflow (run/..., evaluation/...).")
  private String id = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TARGET",
      description = "Stage path as `status ID` shows it, such as train/only_accuracy/1.")
  private @Nullable String target;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why; kept in the operator audit and in the report.")
  private @Nullable String reason;

  /** Sends the command and prints the workflow's answer. */
  int send(SightlineCommand root, CommandKind kind) {
    return send(root, kind, (Long) null);
  }

  /**
   * @param amount how much more, for extendBudget
   */
  int send(SightlineCommand root, CommandKind kind, @Nullable Long amount) {
    return send(root, kind, Ablations.order(target, reason, amount));
  }

  /** Raises a budget of the experiment. */
  int raise(SightlineCommand root, String budget, long amount) {
    return send(root, CommandKind.EXTEND_BUDGET, Ablations.order(target, reason, amount, budget));
  }

  private int send(SightlineCommand root, CommandKind kind, OperatorCommand command) {
    String workflowId = Ablations.workflowId(id);
    try (Connection connection = Connection.to(root.home())) {
      String answer = new Ablations(connection.temporal()).command(kind, workflowId, command);
      root.output().line(workflowId + ": " + answer);
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("workflowId", workflowId);
      document.put("command", kind.wireName());
      document.put("commandId", command.commandId());
      document.put("answer", answer);
      root.output().result(document);
      return ExitStatus.DONE;
    }
  }
}
