package dev.sightline.worker.cli;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.ExperimentStore;
import dev.sightline.worker.cli.experiment.Ablations;
import dev.sightline.worker.cli.experiment.Connection;
import dev.sightline.worker.cli.experiment.ExperimentReader;
import dev.sightline.worker.cli.view.ExperimentView;
import dev.sightline.worker.cli.view.StatusText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Show all experiments, or one with its stages, runs, rewards and reasons to wait.",
      "A and P: answers right and boards described right on dev images. Read from PostgreSQL only."
    },
    footer = {
      "",
      "Examples:",
      "  sightline status",
      "  sightline status quickstart-0123456789ab",
      "  sightline status --json"
    })
final class StatusCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "Most experiments to list (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ID",
      description = "Experiment; without it all are listed.")
  private @Nullable String id;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST, "--limit: " + limit + " is too few; use 1 or more");
    }
    Output output = root.output();
    try (Connection connection = Connection.to(root.home())) {
      ExperimentReader reader = new ExperimentReader(connection.stores());
      String one = id;
      if (one != null) {
        ExperimentStore.Experiment row = reader.row(Ablations.experimentId(one));
        Optional<ExperimentView> view = reader.view(row.id());
        view.ifPresent(shown -> StatusText.one(shown, "").forEach(output::line));
        output.result(view.orElseThrow());
        return ExitStatus.DONE;
      }
      List<ExperimentStore.Experiment> all = reader.list(limit);
      if (all.isEmpty()) {
        output.line("no experiments yet; start one by `sightline submit FILE`");
      } else {
        StatusText.list(all).forEach(output::line);
      }
      output.result(Map.of("experiments", all.stream().map(StatusCommand::tree).toList()));
      return ExitStatus.DONE;
    }
  }

  @SuppressWarnings("NullAway") // no reason is JSON's null
  private static Map<String, Object> tree(ExperimentStore.Experiment row) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", row.id());
    tree.put("digest", row.digest().hex());
    tree.put("state", row.state());
    tree.put("stage", row.stage());
    tree.put("reason", row.reason());
    tree.put("reported", row.reportDigest() != null);
    tree.put("createdAt", row.createdAt().toString());
    tree.put("updatedAt", row.updatedAt().toString());
    return tree;
  }
}
