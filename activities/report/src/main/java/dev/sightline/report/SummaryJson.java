package dev.sightline.report;

import static dev.sightline.report.JsonReport.interval;
import static dev.sightline.report.JsonReport.object;
import static dev.sightline.report.JsonReport.rate;

import dev.sightline.report.Decomposition.Edited;
import dev.sightline.report.Decomposition.ErrorSplit;
import dev.sightline.report.Decomposition.Estimate;
import dev.sightline.report.Decomposition.ModeRate;
import dev.sightline.report.Decomposition.Part;
import dev.sightline.report.Decomposition.Swapped;
import dev.sightline.report.Report.AccuracyByPerception;
import dev.sightline.report.Report.Baselines;
import dev.sightline.report.Report.Measures;
import dev.sightline.report.Report.Rate;
import dev.sightline.report.Report.SelfConsistency;
import dev.sightline.report.Report.Slice;
import dev.sightline.report.Report.Summary;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Evaluations and decompositions as JSON trees. */
final class SummaryJson {
  private SummaryJson() {}

  static Map<String, @Nullable Object> summary(Summary s) {
    Map<String, @Nullable Object> tree = measures(s.measures());
    tree.put("template", s.template());
    tree.put("mode", s.mode());
    tree.put("split", s.split());
    tree.put("slices", s.slices().stream().map(SummaryJson::slice).toList());
    return tree;
  }

  private static Map<String, @Nullable Object> slice(Slice slice) {
    Map<String, @Nullable Object> tree = measures(slice.measures());
    tree.put("family", slice.family());
    tree.put("level", slice.level());
    return tree;
  }

  private static Map<String, @Nullable Object> measures(Measures m) {
    SelfConsistency self = m.selfConsistency();
    Map<String, @Nullable Object> tree =
        object(
            "n", m.n(),
            "perceptionQuestions", m.perceptionQuestions(),
            "perceptionQuestionsInterval", interval(m.perceptionQuestionsInterval()),
            "perceptionQuestionsAsked", m.perceptionQuestionsAsked(),
            "selfConsistencyCoverage", self.coverage(),
            "selfConsistencyBounds", interval(self.bounds()),
            "selfConsistencyByChance", self.byChance(),
            "descriptions", descriptions(m),
            "notPerceived",
                m.perception() == null
                    ? null
                    : object("wrongScene", m.wrongScene(), "noScene", m.noScene()),
            "facts", m.facts(),
            "factsNormalized", m.normalizedFacts(),
            "byPerception", byPerception(m.byPerception()),
            "baselines", baselines(m.baselines()));
    putRate(tree, "accuracy", m.accuracy());
    putRate(tree, "accuracyLenient", m.accuracyLenient());
    putRate(tree, "perception", m.perception());
    putRate(tree, "copyFidelity", m.copyFidelity());
    putRate(tree, "selfConsistency", self.rate());
    putRate(tree, "truncated", m.truncated());
    return tree;
  }

  private static Map<String, @Nullable Object> descriptions(Measures measures) {
    Map<String, @Nullable Object> tree = new TreeMap<>();
    measures.descriptions().forEach((status, count) -> tree.put(Format.lower(status), count));
    return tree;
  }

  private static @Nullable Map<String, @Nullable Object> byPerception(
      @Nullable AccuracyByPerception split) {
    return split == null
        ? null
        : object(
            "accuracyGivenP", rate(split.perceived()),
            "accuracyGivenNotP", rate(split.notPerceived()),
            "accuracyGivenPByLevel", split.perceivedByLevel(),
            "accuracyGivenNotPByLevel", split.notPerceivedByLevel());
  }

  private static Map<String, @Nullable Object> baselines(Baselines b) {
    return object(
        "constantAnswer", b.constantAnswer(),
        "majorityByQuestionKind", b.majorityByKind(),
        "chance", b.chance(),
        "blankAccuracy", rate(b.blankAccuracy()),
        "blankPerception", rate(b.blankPerception()));
  }

  private static void putRate(
      Map<String, @Nullable Object> tree, String name, @Nullable Rate rate) {
    tree.put(name, rate == null ? null : (Double) rate.value());
    tree.put(name + "Interval", rate == null ? null : interval(rate.interval()));
  }

  static Map<String, @Nullable Object> decomposition(Decomposition d) {
    return object(
        "arm", d.arm(),
        "template", d.template(),
        "split", d.split(),
        "seeds", d.seeds(),
        "overall", part(d.overall()),
        "parts", d.parts().stream().map(SummaryJson::part).toList());
  }

  private static Map<String, @Nullable Object> part(Part part) {
    Map<String, @Nullable Object> modes = new TreeMap<>();
    for (ModeRate mode : part.modes()) {
      modes.put(
          mode.mode(),
          object("accuracy", estimate(mode.accuracy()), "minusImage", estimate(mode.minusImage())));
    }
    return object(
        "family", part.family(),
        "level", part.level(),
        "items", part.items(),
        "modes", modes,
        "error", error(part.error()),
        "edited", edited(part.edited()),
        "swapped", swapped(part.swapped()));
  }

  private static @Nullable Map<String, @Nullable Object> error(@Nullable ErrorSplit e) {
    return e == null
        ? null
        : object(
            "none", estimate(e.none()),
            "perceived", estimate(e.perceived()),
            "reasoned", estimate(e.reasoned()),
            "perception", estimate(e.perception()),
            "reasoning", estimate(e.reasoning()),
            "perceptionShare", e.perceptionShare(),
            "reasoningShare", e.reasoningShare());
  }

  private static @Nullable Map<String, @Nullable Object> edited(@Nullable Edited e) {
    return e == null
        ? null
        : object(
            "items", e.items(),
            "follow", estimate(e.follow()),
            "stay", estimate(e.stay()),
            "other", estimate(e.other()));
  }

  private static @Nullable Map<String, @Nullable Object> swapped(@Nullable Swapped s) {
    return s == null
        ? null
        : object(
            "items", s.items(),
            "describesShown", estimate(s.describesShown()),
            "describesAsked", estimate(s.describesAsked()),
            "answersShown", estimate(s.answersShown()),
            "answersAsked", estimate(s.answersAsked()));
  }

  private static @Nullable Map<String, @Nullable Object> estimate(@Nullable Estimate e) {
    return e == null ? null : object("value", e.value(), "interval", interval(e.interval()));
  }
}
