package dev.sightline.report;

import dev.sightline.foundation.CanonicalJson;
import dev.sightline.report.Report.Comparison;
import dev.sightline.report.Report.Constant;
import dev.sightline.report.Report.Rate;
import dev.sightline.report.Report.Run;
import dev.sightline.report.Report.Summary;
import dev.sightline.report.ReportRequest.MissingRun;
import dev.sightline.statistics.Interval;
import dev.sightline.statistics.Power;
import dev.sightline.statistics.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code report.json}: canonical JSON, so that equal reports have equal bytes. {@code results}
 * holds no times, attempts or hosts; those stand in {@code provenance}.
 */
public final class JsonReport {
  private JsonReport() {}

  /** The whole file, without a final newline. */
  public static byte[] write(Report report) {
    return CanonicalJson.bytes(tree(report));
  }

  /** The bytes of {@code results} alone: what two runs of one experiment must share. */
  public static byte[] results(Report report) {
    return CanonicalJson.bytes(resultsTree(report));
  }

  private static Map<String, @Nullable Object> tree(Report report) {
    ReportRequest request = report.request();
    return object(
        "experiment", experiment(request.experiment()),
        "environment", request.environment(),
        "amendments", request.amendments(),
        "results", resultsTree(report),
        "provenance", provenance(report));
  }

  private static Map<String, @Nullable Object> experiment(ReportRequest.Experiment experiment) {
    return object(
        "id", experiment.id(),
        "name", experiment.name(),
        "title", experiment.title(),
        "digest", experiment.digest(),
        "spec", experiment.spec(),
        "mechanismDemonstration", experiment.mechanismDemonstration(),
        "note", experiment.mechanismDemonstration() ? "mechanism demonstration" : null);
  }

  private static Map<String, @Nullable Object> provenance(Report report) {
    ReportRequest request = report.request();
    Map<String, @Nullable Object> provenance = new TreeMap<>(request.provenance());
    provenance.put("interruptions", InterruptionJson.of(report.interruptions()));
    provenance.put(
        "failures",
        request.failures().stream()
            .map(
                f ->
                    object(
                        "stage", f.stage(),
                        "type", f.type(),
                        "message", f.message(),
                        "attempts", f.attempts()))
            .toList());
    return provenance;
  }

  private static Map<String, @Nullable Object> resultsTree(Report report) {
    ReportRequest request = report.request();
    ReportRequest.Comparing comparing = request.experiment().comparing();
    return object(
        "seeds", request.seeds().stream().sorted().toList(),
        "confidence", comparing.confidence(),
        "conditionalOnRun", report.conditionalOnRun(),
        "delta", comparing.delta(),
        "resamples", comparing.resamples(),
        "baseline", report.baseline().stream().map(JsonReport::baseline).toList(),
        "arms", report.runs().stream().map(run -> run(run, request)).toList(),
        "decisions", DecisionJson.decisions(request.decisions()),
        "constants", report.constants().stream().map(JsonReport::constant).toList(),
        "blindRewards",
            request.blind().stream()
                .map(
                    blind ->
                        object(
                            "arm", blind.arm(),
                            "family", blind.family(),
                            "items", blind.items(),
                            "reward", blind.reward()))
                .toList(),
        "decompositions", report.decompositions().stream().map(SummaryJson::decomposition).toList(),
        "comparisons", report.comparisons().stream().map(JsonReport::comparison).toList(),
        "minimumDetectableEffect", power(report.power()),
        "training", training(request),
        "development", development(request));
  }

  private static Map<String, @Nullable Object> baseline(Summary summary) {
    Map<String, @Nullable Object> tree = SummaryJson.summary(summary);
    tree.put("seed", summary.seed());
    tree.put("checkpoint", summary.checkpoint());
    tree.put("lineage", summary.lineage());
    tree.put("stateDigest", summary.stateDigest());
    return tree;
  }

  private static Map<String, @Nullable Object> run(Run run, ReportRequest request) {
    ReportRequest.Arm arm =
        request.arms().stream().filter(a -> a.name().equals(run.arm())).findFirst().orElseThrow();
    return object(
        "arm", run.arm(),
        "seed", run.seed(),
        "template", arm.template(),
        "terms", arm.terms(),
        "supervisedSteps", arm.supervisedSteps(),
        "checkpoint", run.checkpoint(),
        "lineage", run.lineage(),
        "stateDigest", run.stateDigest(),
        "missing", missing(run.missing()),
        "evaluations", run.evaluations().stream().map(SummaryJson::summary).toList());
  }

  private static @Nullable Map<String, @Nullable Object> missing(@Nullable MissingRun missing) {
    return missing == null
        ? null
        : object("reason", missing.reason(), "explanation", missing.explanation());
  }

  private static Map<String, @Nullable Object> constant(Constant c) {
    return object(
        "family", c.family(),
        "split", c.split(),
        "count", c.count(),
        "space", c.space(),
        "mostFrequentAnswer", c.mostFrequentAnswer(),
        "mostFrequentAnswerFrom", c.fromTest() ? "these items" : "training data",
        "mostFrequentAnswerAccuracy", rate(c.mostFrequentAnswerAccuracy()),
        "bestConstantDescriptionFacts", c.constantDescriptionScore(),
        "bestConstantDescriptionExact", c.constantDescriptionExact());
  }

  private static Map<String, @Nullable Object> comparison(Comparison c) {
    return object(
        "arm", c.arm(),
        "against", c.against(),
        "metric", c.metric().symbol(),
        "template", c.template(),
        "mode", c.mode(),
        "split", c.split(),
        "primary", c.primary(),
        "items", c.items(),
        "seeds", c.seeds(),
        "bySeed", c.bySeed(),
        "difference", c.difference(),
        "bootstrapInterval", interval(c.bootstrap()),
        "tInterval", interval(c.studentT()),
        "decidingInterval", interval(c.deciding()),
        "p", c.p(),
        "test", c.test(),
        "adjustedP", c.adjusted(),
        "adjustment", c.primary() ? "Holm" : "Benjamini-Hochberg",
        "mcnemar", c.mcNemar(),
        "mcnemarNullReason", mcNemarReason(c),
        "mcnemarBySeed", c.mcNemarBySeed(),
        "itemSignFlip", c.itemSignFlip(),
        "seedTest", c.seedTest(),
        "seedSignFlip", c.seedSignFlip(),
        "verdict", verdict(c.verdict()),
        "words", c.words());
  }

  private static @Nullable String mcNemarReason(Comparison c) {
    if (c.mcNemar() != null) {
      return null;
    }
    return c.seeds().size() > 1
        ? "several seeds: rows of one item are not independent; see mcnemarBySeed and itemSignFlip"
        : "not a yes/no metric";
  }

  private static String verdict(Verdict verdict) {
    return switch (verdict) {
      case Verdict.ConditionalOnRun _ -> "conditional on this run";
      case Verdict.NoVerdict _ -> "no verdict";
      case Verdict.Incomplete _ -> "incomplete";
      case Verdict.Better _ -> "better";
      case Verdict.Worse _ -> "worse";
      case Verdict.Equivalent _ -> "equivalent";
      case Verdict.Inconclusive _ -> "inconclusive";
    };
  }

  private static Map<String, @Nullable Object> power(Power.Table table) {
    return object(
        "power", Power.POWER,
        "level", Power.LEVEL,
        "items",
            table.items().stream()
                .map(
                    row ->
                        object(
                            "discordance", row.discordance(),
                            "n", row.items(),
                            "difference", optional(row.difference())))
                .toList(),
        "seeds",
            table.seeds().stream()
                .map(
                    row ->
                        object(
                            "deviation", row.deviation(),
                            "k", row.seeds(),
                            "difference", optional(row.difference())))
                .toList(),
        "smallestSignFlipP", table.smallestSignFlip());
  }

  private static @Nullable Double optional(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }

  private static List<Object> training(ReportRequest request) {
    List<Object> curves = new ArrayList<>();
    request.training().stream()
        .sorted(
            Comparator.comparing(ReportRequest.TrainingCurve::arm)
                .thenComparing(ReportRequest.TrainingCurve::seed))
        .forEach(
            curve ->
                curves.add(
                    object(
                        "arm", curve.arm(),
                        "seed", curve.seed(),
                        "steps",
                            curve.steps().stream()
                                .sorted(Comparator.comparingInt(ReportRequest.TrainingStep::step))
                                .map(JsonReport::step)
                                .toList())));
    return curves;
  }

  private static Map<String, @Nullable Object> step(ReportRequest.TrainingStep step) {
    return object(
        "step", step.step(),
        "reward", step.reward(),
        "terms", step.terms(),
        "loss", finite(step.loss()),
        "gradientNorm", finite(step.gradientNorm()),
        "entropy", step.entropy(),
        "signal", signal(step.signal()),
        "completionTokens", step.completionTokens(),
        "ratios", step.ratios() == null ? null : ratios(step.ratios()));
  }

  private static Map<String, @Nullable Object> ratios(ReportRequest.Ratios ratios) {
    return object(
        "mean", finite(ratios.mean()),
        "max", finite(ratios.max()),
        "clippedLow", ratios.clippedLow(),
        "clippedHigh", ratios.clippedHigh(),
        "kl", ratios.kl(),
        "correction", ratios.correction());
  }

  private static @Nullable Map<String, @Nullable Object> signal(
      ReportRequest.@Nullable Signal signal) {
    if (signal == null) {
      return null;
    }
    Map<String, @Nullable Object> terms = new TreeMap<>();
    signal
        .byTerm()
        .forEach(
            (name, groups) -> {
              Map<String, @Nullable Object> term = groups(groups);
              term.put("tied", groups.tied());
              term.put("alone", signal.alone().getOrDefault(name, 0.0));
              terms.put(name, term);
            });
    return object(
        "answers", groups(signal.answers()),
        "terms", terms,
        "several", signal.several(),
        "degenerate", signal.degenerate(),
        "skipped", signal.skipped(),
        "resampled", signal.resampled() == null ? null : resampled(signal.resampled()));
  }

  private static Map<String, @Nullable Object> resampled(ReportRequest.Resampled resampled) {
    return object(
        "firstDegenerate", resampled.firstDegenerate(),
        "drawn", resampled.drawn(),
        "rescued", resampled.rescued(),
        "firstReward", resampled.firstReward());
  }

  private static Map<String, @Nullable Object> groups(ReportRequest.Groups groups) {
    return object(
        "allWrong", groups.allWrong(), "allRight", groups.allRight(), "mixed", groups.mixed());
  }

  /** JSON has no NaN; a step that blew up stands as null. */
  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }

  private static List<Object> development(ReportRequest request) {
    List<Object> curves = new ArrayList<>();
    request.development().stream()
        .sorted(
            Comparator.comparing(ReportRequest.DevelopmentCurve::arm)
                .thenComparing(ReportRequest.DevelopmentCurve::seed))
        .forEach(
            curve ->
                curves.add(
                    object(
                        "arm", curve.arm(),
                        "seed", curve.seed(),
                        "points",
                            curve.points().stream()
                                .sorted(
                                    Comparator.comparingInt(ReportRequest.DevelopmentPoint::step))
                                .map(
                                    p ->
                                        object(
                                            "step", p.step(),
                                            "accuracy", p.accuracy(),
                                            "perception", p.perception()))
                                .toList())));
    return curves;
  }

  static @Nullable Map<String, @Nullable Object> rate(@Nullable Rate rate) {
    return rate == null
        ? null
        : object(
            "successes", rate.successes(),
            "n", rate.n(),
            "value", rate.value(),
            "interval", interval(rate.interval()));
  }

  static @Nullable List<Double> interval(@Nullable Interval interval) {
    return interval == null ? null : List.of(interval.low(), interval.high());
  }

  static Map<String, @Nullable Object> object(@Nullable Object... pairs) {
    Map<String, @Nullable Object> map = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      String key = (String) Optional.ofNullable(pairs[i]).orElseThrow();
      map.put(key, pairs[i + 1]);
    }
    return map;
  }
}
