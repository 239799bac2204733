package dev.sightline.report;

import java.util.ArrayList;
import java.util.List;

/** What a reader must know before any number. */
final class Banners {
  private Banners() {}

  static List<String> of(Report report) {
    List<String> banners = new ArrayList<>();
    int seeds = report.request().seeds().size();
    if (report.request().experiment().mechanismDemonstration()) {
      banners.add(
          "Mechanism demonstration: the model was random-initialised. Nothing here is a claim about"
              + " pretrained models.");
    }
    if (report.conditionalOnRun()) {
      banners.add("One seed: every difference is conditional on this run. No verdict on designs.");
    } else if (seeds < 5) {
      banners.add(seeds + " seeds: no verdict on designs; that takes 5.");
    }
    if (!report.request().amendments().isEmpty()) {
      banners.add(
          report.request().amendments().size()
              + " operator amendment(s): the run deviates from its plan; see Amendments.");
    }
    if (report.interruptions().leftOut()) {
      banners.add(
          "Interrupted rounds are left out of training tables and curves. Final evaluations are of"
              + " whole runs: differences and verdicts are those of the whole report.");
    }
    if (report.baseline().isEmpty()) {
      banners.add("The start was not evaluated: changes since the start are unknown.");
    }
    return banners;
  }
}
