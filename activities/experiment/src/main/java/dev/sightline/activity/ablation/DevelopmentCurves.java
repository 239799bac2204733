package dev.sightline.activity.ablation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.activity.evaluation.DevelopmentEvaluations;
import dev.sightline.report.ReportRequest;
import dev.sightline.storage.EvaluationStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.Stores;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What runs could do on dev between their rounds, on the live path only. */
record DevelopmentCurves(Stores stores) {
  ReportRequest.DevelopmentCurve of(RunStore.Run run) {
    List<ReportRequest.DevelopmentPoint> points = new ArrayList<>();
    evaluations(run)
        .forEach(
            (step, point) -> {
              JsonNode image = point.image();
              points.add(
                  new ReportRequest.DevelopmentPoint(
                      step,
                      image.path("accuracy").asDouble(),
                      image.has("perception")
                          ? (Double) image.path("perception").asDouble()
                          : null));
            });
    return new ReportRequest.DevelopmentCurve(run.arm(), run.seed(), points);
  }

  /** The published evaluation after this many steps. */
  Optional<EvaluationStore.Evaluation> evaluation(RunStore.Run run, int step) {
    return Optional.ofNullable(evaluations(run).get(step)).map(DevelopmentEvaluations.Point::row);
  }

  private SortedMap<Integer, DevelopmentEvaluations.Point> evaluations(RunStore.Run run) {
    SortedMap<Integer, DevelopmentEvaluations.Point> byStep = new TreeMap<>();
    Set<String> live = new LinkedHashSet<>();
    if (run.baseLineage() != null) {
      stores.steps().liveSteps(run.id()).forEach(step -> live.add(String.valueOf(step.lineage())));
    }
    for (DevelopmentEvaluations.Point point :
        DevelopmentEvaluations.of(stores.evaluations(), run.id())) {
      if (live.contains(point.lineage())) {
        byStep.put(point.step(), point);
      }
    }
    return byStep;
  }
}
