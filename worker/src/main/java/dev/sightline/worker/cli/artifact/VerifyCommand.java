package dev.sightline.worker.cli.artifact;

import dev.sightline.activity.training.ArtifactCheck;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.experiment.Ablations;
import dev.sightline.worker.cli.experiment.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Read every artifact that an experiment's rows name: its data set, the rollouts, scores and",
      "batches of all steps that count, and its report. Exit status 1 when one is lost or damaged."
    },
    footer = {
      "",
      "Examples:",
      "  sightline artifacts verify quickstart-0123456789ab",
      "  sightline artifacts verify quickstart-0123456789ab --rebuild --json"
    })
final class VerifyCommand implements Callable<Integer> {
  @ParentCommand private ArtifactsCommand parent = new ArtifactsCommand();

  @Parameters(index = "0", paramLabel = "ID", description = "Experiment.")
  private String id = "";

  @Option(
      names = "--rebuild",
      description = "Make again, to its recorded digest, what follows from what else is stored.")
  private boolean rebuild;

  @Override
  public Integer call() {
    try (Connection connection = Connection.to(parent.home())) {
      String experiment = Ablations.experimentId(id);
      List<ArtifactCheck.Finding> findings =
          new ArtifactCheck(connection.stores(), connection.artifacts()).of(experiment, rebuild);
      return tell(experiment, findings);
    }
  }

  private int tell(String experiment, List<ArtifactCheck.Finding> findings) {
    List<ArtifactCheck.Finding> odd =
        findings.stream().filter(one -> one.state() != ArtifactCheck.State.WHOLE).toList();
    for (ArtifactCheck.Finding one : odd) {
      parent
          .output()
          .line(
              "%-9s %s: %s. %s"
                  .formatted(
                      word(one.state()), one.part().scope(), one.part().what(), one.message()));
    }
    long whole = count(findings, ArtifactCheck.State.WHOLE);
    long restored = count(findings, ArtifactCheck.State.RESTORED);
    long lost = count(findings, ArtifactCheck.State.LOST);
    parent
        .output()
        .line(
            "%d artifacts: %d whole, %d made again, %d lost"
                .formatted(findings.size(), whole, restored, lost));
    if (lost > 0 && !rebuild) {
      parent.output().line("`--rebuild` makes again what follows from what else is stored");
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("experiment", experiment);
    document.put("whole", whole);
    document.put("restored", restored);
    document.put("lost", lost);
    document.put("artifacts", odd.stream().map(VerifyCommand::row).toList());
    parent.output().result(document);
    return lost > 0 ? ExitStatus.FAILED : ExitStatus.DONE;
  }

  private static long count(List<ArtifactCheck.Finding> findings, ArtifactCheck.State state) {
    return findings.stream().filter(one -> one.state() == state).count();
  }

  private static Map<String, Object> row(ArtifactCheck.Finding one) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("scope", one.part().scope());
    row.put("what", one.part().what());
    row.put("digest", one.digest().hex());
    row.put("state", word(one.state()));
    row.put("message", one.message());
    return row;
  }

  private static String word(ArtifactCheck.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
