package dev.sightline.activity.ablation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.spec.Ids;
import dev.sightline.storage.EvaluationStore;
import dev.sightline.storage.ExperimentStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.StepLedger;
import dev.sightline.storage.Stores;
import java.util.List;
import java.util.Locale;

/** Where an experiment stands, as a Markdown table for the Temporal UI. */
final class Details {
  private final Stores stores;

  Details(Stores stores) {
    this.stores = stores;
  }

  String markdown(ExperimentStore.Experiment experiment) {
    StringBuilder out = new StringBuilder();
    out.append("**").append(experiment.id()).append("**: ").append(word(experiment.state()));
    out.append(", stage `").append(experiment.stage()).append("`\n\n");
    if (experiment.reason() != null) {
      out.append("> ").append(experiment.reason().replace("\n", "\n> ")).append("\n\n");
    }
    List<RunStore.Run> runs = stores.runs().list(experiment.id());
    if (runs.isEmpty()) {
      return out.toString();
    }
    out.append("| run | state | round | step | reward | dev A | dev P |\n");
    out.append("|---|---|---|---|---|---|---|\n");
    for (RunStore.Run run : runs) {
      row(run, out);
    }
    return out.toString();
  }

  private void row(RunStore.Run run, StringBuilder out) {
    String round = "";
    String step = "";
    String reward = "";
    if (run.baseLineage() != null) {
      RunStore.Head head = stores.runs().head(run.id());
      round = String.valueOf(head.round());
      step = String.valueOf(head.step());
      List<StepLedger.Step> live = stores.steps().liveSteps(run.id());
      JsonNode metrics = live.isEmpty() ? null : live.getLast().metrics();
      if (metrics != null && metrics.has("reward")) {
        reward = number(metrics.path("reward").asDouble());
      } else if (metrics != null) {
        reward = "loss " + number(metrics.path("loss").asDouble());
      }
    }
    JsonNode dev = lastDev(run);
    String name = run.arm().equals(Ids.WARM_START) ? run.arm() : run.arm() + "/" + run.seed();
    out.append(
        "| %s | %s | %s | %s | %s | %s | %s |%n"
            .formatted(
                name,
                word(run.state()),
                round,
                step,
                reward,
                rate(dev, "accuracy"),
                rate(dev, "perception")));
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
