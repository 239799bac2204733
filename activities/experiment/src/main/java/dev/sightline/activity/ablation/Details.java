package dev.sightline.activity.ablation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.activity.Experiments;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.storage.EvaluationStore;
import dev.sightline.storage.ExperimentStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.StepLedger;
import dev.sightline.storage.Stores;
import java.util.List;
import java.util.Locale;

/**
 * Where an experiment stands, as Markdown for the Temporal UI: its state, and a table of runs.
 * Every workflow asks once a minute, so only the ablation is told of all runs; a run is told of
 * itself.
 */
final class Details {
  private static final int FAILURES_COUNTED = 1000;
  private static final int COMMITS_SEEN = 60;

  private final Stores stores;
  private final Experiments experiments;

  Details(Stores stores, Experiments experiments) {
    this.stores = stores;
    this.experiments = experiments;
  }

  /**
   * @param workflow id of the one that asks
   */
  String markdown(ExperimentStore.Experiment experiment, String workflow) {
    StringBuilder out = new StringBuilder();
    out.append("**").append(experiment.id()).append("**: ").append(word(experiment.state()));
    out.append(", stage `").append(experiment.stage()).append("`\n\n");
    if (experiment.reason() != null) {
      out.append("> ").append(experiment.reason().replace("\n", "\n> ")).append("\n\n");
    }
    List<RunStore.Run> runs = runs(experiment.id(), workflow);
    if (runs.isEmpty()) {
      return out.toString();
    }
    ExperimentSpec spec = experiments.load(experiment.id());
    out.append("| run | state | round | step | reward | dev A | dev P | failures | time left |\n");
    out.append("|---|---|---|---|---|---|---|---|---|\n");
    for (RunStore.Run run : runs) {
      row(run, spec, out);
    }
    return out.toString();
  }

  private List<RunStore.Run> runs(String experiment, String workflow) {
    return workflow.equals(Ids.ablation(experiment))
        ? stores.runs().list(experiment)
        : Ids.runOf(workflow).flatMap(stores.runs()::find).stream().toList();
  }

  private void row(RunStore.Run run, ExperimentSpec spec, StringBuilder out) {
    String round = "";
    String step = "";
    String reward = "";
    String left = "";
    ExperimentSpec.WarmStart start = spec.warmStart();
    int steps =
        run.phase() == RunStore.Phase.WARM_START && start != null
            ? start.steps()
            : spec.training().steps();
    if (run.baseLineage() != null) {
      RunStore.Head head = stores.runs().head(run.id());
      round = String.valueOf(head.round());
      step = head.step() + " of " + steps;
      left = StepPace.left(stores.steps().lastCommits(run.id(), COMMITS_SEEN), steps - head.step());
      JsonNode metrics = stores.steps().last(run.id()).map(StepLedger.Step::metrics).orElse(null);
      if (metrics != null && metrics.has("reward")) {
        reward = number(metrics.path("reward").asDouble());
      } else if (metrics != null) {
        reward = "loss " + number(metrics.path("loss").asDouble());
      }
    }
    JsonNode dev = lastDev(run);
    String name = run.arm().equals(Ids.WARM_START) ? run.arm() : run.arm() + "/" + run.seed();
    out.append(
        "| %s | %s | %s | %s | %s | %s | %s | %s | %s |%n"
            .formatted(
                name,
                word(run.state()),
                round,
                step,
                reward,
                rate(dev, "accuracy"),
                rate(dev, "perception"),
                failures(run),
                run.state() == RunStore.State.RUNNING ? left : ""));
  }

  private String failures(RunStore.Run run) {
    int count = stores.attempts().list("run/" + run.id(), FAILURES_COUNTED).size();
    return count < FAILURES_COUNTED ? String.valueOf(count) : count + " or more";
  }

  private JsonNode lastDev(RunStore.Run run) {
    JsonNode best = com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    long step = -1;
    for (EvaluationStore.Evaluation row : stores.evaluations().list(run.id())) {
      JsonNode summary = row.summary();
      if (summary != null && row.spec().path("step").asLong(-1) > step) {
        step = row.spec().path("step").asLong();
        best = summary.path("image");
      }
    }
    return best;
  }

  private static String rate(JsonNode dev, String name) {
    return dev.has(name) ? number(dev.path(name).asDouble()) : "";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private static String word(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
