package dev.sightline.activity.ablation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.report.ReportRequest;
import dev.sightline.storage.EvaluationStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.Stores;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** What runs could do on dev between their rounds, on the live path only. */
record DevelopmentCurves(Stores stores) {
  ReportRequest.DevelopmentCurve of(RunStore.Run run) {
    Map<Integer, ReportRequest.DevelopmentPoint> points = new TreeMap<>();
    Set<String> live = new LinkedHashSet<>();
    if (run.baseLineage() != null) {
      stores.steps().liveSteps(run.id()).forEach(step -> live.add(String.valueOf(step.lineage())));
    }
    for (EvaluationStore.Evaluation row : stores.evaluations().list(run.id())) {
      JsonNode summary = row.summary();
      if (summary == null
          || !row.spec().has("step")
          || !live.contains(row.spec().path("checkpoint").asText())) {
        continue;
      }
      JsonNode image = summary.path("image");
      int step = row.spec().path("step").asInt();
      points.put(
          step,
          new ReportRequest.DevelopmentPoint(
              step,
              image.path("accuracy").asDouble(),
              image.has("perception") ? (Double) image.path("perception").asDouble() : null));
    }
    return new ReportRequest.DevelopmentCurve(run.arm(), run.seed(), List.copyOf(points.values()));
  }

  /** Accuracy after this many steps; empty where that was not evaluated. */
  OptionalDouble accuracy(RunStore.Run run, int step) {
    return of(run).points().stream()
        .filter(point -> point.step() == step)
        .mapToDouble(ReportRequest.DevelopmentPoint::accuracy)
        .findFirst();
  }
}
