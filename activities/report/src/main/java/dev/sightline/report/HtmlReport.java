package dev.sightline.report;

import dev.sightline.foundation.CanonicalJson;
import dev.sightline.report.Charts.Dots;
import dev.sightline.report.Charts.Line;
import dev.sightline.report.Report.Constant;
import dev.sightline.report.Report.Measures;
import dev.sightline.report.Report.Rate;
import dev.sightline.report.Report.Summary;
import dev.sightline.report.ReportRequest.DevelopmentPoint;
import dev.sightline.report.ReportRequest.TrainingStep;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The report as one HTML file without external resources. The first screen answers which reward
 * keeps the policy looking; the rest is what that answer stands on.
 */
public final class HtmlReport {
  private final Report report;
  private final ReportRequest request;
  private final Headline headline;
  private final StringBuilder out = new StringBuilder();

  private HtmlReport(Report report) {
    this.report = report;
    this.request = report.request();
    this.headline = Headline.of(report);
  }

  public static String write(Report report) {
    return new HtmlReport(report).page();
  }

  private String page() {
    String title = Html.escape(request.experiment().title());
    out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>")
        .append(title)
        .append("</title>\n<style>\n")
        .append(style())
        .append("</style>\n</head>\n<body>\n<main>\n<header>\n<h1>")
        .append(title)
        .append("</h1>\n<p class=\"id\">")
        .append(Html.escape(request.experiment().id()))
        .append("</p>\n</header>\n");
    for (String banner : Banners.of(report)) {
      out.append("<p class=\"banner\">").append(Html.escape(banner)).append("</p>\n");
    }
    firstScreen();
    decomposition();
    section("Differences", Tables.differences(report), Tables.bySeed(report));
    section("Decided on the way", DecisionTables.decisions(report).toArray(Table[]::new));
    section("Missing runs", Tables.missing(report));
    curves();
    section(
        "What was seen, and what was said",
        EvaluationTables.evaluations(report),
        EvaluationTables.descriptions(report),
        EvaluationTables.consistency(report));
    section(
        "Yardsticks", Tables.constants(report), DecisionTables.blind(report), Tables.power(report));
    section("Interruptions", InterruptionTables.runs(report), InterruptionTables.lengths(report));
    section("Other settings", Tables.otherDifferences(report));
    facts();
    return out.append("</main>\n</body>\n</html>\n").toString();
  }

  private void firstScreen() {
    out.append("<section aria-label=\"Answer\">\n");
    out.append(Html.card(Tables.headline(report), "headline"));
    List<String> findings = headline.findings();
    if (!findings.isEmpty()) {
      out.append("<ul class=\"findings\">\n");
      findings.forEach(f -> out.append("<li>").append(Html.escape(f)).append("</li>\n"));
      out.append("</ul>\n");
    }
    out.append("<div class=\"grid\">\n");
    List<Constant> here =
        report.constants().stream().filter(c -> c.split().equals(headline.split())).toList();
    out.append(
        dots(
            "Perception: the described scene is right (P)",
            Measures::perception,
            Tables.pooledDescriptions(here)));
    out.append(
        dots(
            "Answers: the answer is right (A)",
            Measures::accuracy,
            rate(Tables.pooledAnswers(report, here))));
    out.append("</div>\n<p class=\"note\">Dot: rate. Bar: interval")
        .append(request.seeds().size() == 1 ? "." : ", one for each seed.")
        .append(" Dashed line: the start. Dotted line: a policy that sees nothing.</p>\n");
    out.append("</section>\n");
  }

  private void decomposition() {
    List<Decomposition> shown = DecompositionTables.shown(report);
    List<String> policies = List.copyOf(headline.policies().keySet());
    String split = "Right, or lost by perception or reasoning";
    String errors = DecompositionCharts.errors(split, shown);
    String gained = "How often right, by what is shown";
    String modes = DecompositionCharts.modes(gained, shown, policies);
    if (errors.isEmpty() && modes.isEmpty()) {
      return;
    }
    out.append("<section>\n<h2>Perception or reasoning?</h2>\n");
    List<String> findings = DecompositionTables.findings(report);
    if (!findings.isEmpty()) {
      out.append("<ul class=\"findings\">\n");
      findings.forEach(f -> out.append("<li>").append(Html.escape(f)).append("</li>\n"));
      out.append("</ul>\n");
    }
    out.append("<ul class=\"legend\">\n");
    for (int place = 0; place < policies.size(); place++) {
      out.append("<li>").append(Charts.swatch(place)).append(Html.escape(policies.get(place)));
      out.append("</li>\n");
    }
    out.append("</ul>\n<div class=\"grid\">\n");
    out.append(errors.isEmpty() ? "" : Html.figure(split, errors));
    out.append(modes.isEmpty() ? "" : Html.figure(gained, modes));
    out.append("</div>\n");
    out.append(Html.card(DecompositionTables.errors(report), ""));
    out.append(Html.card(DecompositionTables.modes(report), ""));
    out.append(Html.card(DecompositionTables.edited(report), ""));
    out.append(Html.card(DecompositionTables.swapped(report), ""));
    folded("By family and level", DecompositionTables.slices(report));
    folded("The decomposition by family and level", DecompositionTables.parts(report));
    out.append("</section>\n");
  }

  private void folded(String title, Table table) {
    if (!table.rows().isEmpty()) {
      out.append("<details><summary>").append(Html.escape(title)).append("</summary>");
      out.append(Html.card(table, "")).append("</details>\n");
    }
  }

  private static @Nullable Double rate(@Nullable Rate rate) {
    return rate == null ? null : (Double) rate.value();
  }

  private String dots(
      String caption, Function<Measures, @Nullable Rate> metric, @Nullable Double blind) {
    List<Dots> policies = new ArrayList<>();
    Double start = null;
    int place = 0;
    for (Map.Entry<String, List<Summary>> entry : headline.policies().entrySet()) {
      List<Rate> rates =
          entry.getValue().stream()
              .map(Summary::measures)
              .map(metric)
              .filter(Objects::nonNull)
              .toList();
      if (entry.getKey().equals(Headline.START) && !rates.isEmpty()) {
        start = rates.stream().mapToDouble(Rate::value).average().orElseThrow();
      }
      policies.add(new Dots(entry.getKey(), place, rates));
      place++;
    }
    if (policies.stream().allMatch(p -> p.rates().isEmpty())) {
      return "";
    }
    return Html.figure(caption, Charts.intervals(caption, policies, start, blind));
  }

  private void section(String title, Table... tables) {
    StringBuilder cards = new StringBuilder();
    for (Table table : tables) {
      cards.append(Html.card(table, ""));
    }
    if (!cards.isEmpty()) {
      out.append("<section>\n<h2>").append(title).append("</h2>\n").append(cards);
      out.append("</section>\n");
    }
  }

  private void curves() {
    StringBuilder figures = new StringBuilder();
    figures.append(development("P on dev", DevelopmentPoint::perception));
    figures.append(development("A on dev", DevelopmentPoint::accuracy));
    figures.append(training("Reward", TrainingStep::reward, false));
    figures.append(training("Completion length, tokens", TrainingStep::completionTokens, false));
    figures.append(training("Entropy, nats", TrainingStep::entropy, false));
    figures.append(training("Groups with both right and wrong answers", Charted::mixed, true));
    figures.append(warmStart());
    if (figures.isEmpty()) {
      return;
    }
    out.append("<section>\n<h2>Training</h2>\n<ul class=\"legend\">\n");
    int place = 1;
    for (ReportRequest.Arm arm : request.arms()) {
      out.append("<li>").append(Charts.swatch(place)).append(Html.escape(arm.name()));
      out.append(" <span class=\"soft\">").append(Html.escape(terms(arm))).append("</span></li>\n");
      place++;
    }
    out.append("</ul>\n<div class=\"grid\">\n").append(figures).append("</div>\n");
    out.append(Html.card(SignalTables.terms(request), ""));
    Table resampled = SignalTables.resampled(request);
    if (!resampled.rows().isEmpty()) {
      out.append(Html.card(resampled, ""));
    }
    out.append("</section>\n");
  }

  private static String terms(ReportRequest.Arm arm) {
    String reward =
        String.join(
            " + ",
            arm.terms().entrySet().stream()
                .map(e -> Format.weight(e.getValue()) + " " + e.getKey())
                .toList());
    return arm.supervisedSteps() == 0
        ? reward
        : "control: " + arm.supervisedSteps() + " supervised steps, then " + reward;
  }

  /** Values of a training step that are computed for a chart. */
  private static final class Charted {
    static @Nullable Double mixed(TrainingStep step) {
      ReportRequest.Signal signal = step.signal();
      return signal == null || signal.answers().all() == 0
          ? null
          : (Double) ((double) signal.answers().mixed() / signal.answers().all());
    }
  }

  private String training(
      String caption, Function<TrainingStep, @Nullable Double> value, boolean fraction) {
    List<Line> lines = new ArrayList<>();
    for (int place = 0; place < request.arms().size(); place++) {
      for (ReportRequest.TrainingCurve curve : request.training()) {
        if (curve.arm().equals(request.arms().get(place).name())) {
          add(lines, curve.arm(), place + 1, points(curve, value));
        }
      }
    }
    return lines.isEmpty() ? "" : figure(caption, lines, fraction);
  }

  private static SortedMap<Integer, Double> points(
      ReportRequest.TrainingCurve curve, Function<TrainingStep, @Nullable Double> value) {
    SortedMap<Integer, Double> points = new TreeMap<>();
    for (TrainingStep step : curve.steps()) {
      put(points, step.step(), value.apply(step));
    }
    return points;
  }

  private String development(String caption, Function<DevelopmentPoint, @Nullable Double> value) {
    List<Line> lines = new ArrayList<>();
    for (int place = 0; place < request.arms().size(); place++) {
      for (ReportRequest.DevelopmentCurve curve : request.development()) {
        if (curve.arm().equals(request.arms().get(place).name())) {
          SortedMap<Integer, Double> points = new TreeMap<>();
          curve.points().forEach(p -> put(points, p.step(), value.apply(p)));
          add(lines, curve.arm(), place + 1, points);
        }
      }
    }
    return lines.isEmpty() ? "" : figure(caption + ", percent", lines, true);
  }

  private String warmStart() {
    List<Line> lines = new ArrayList<>();
    for (ReportRequest.TrainingCurve curve : request.training()) {
      if (curve.arm().equals(ReportRequest.WARM_START)) {
        add(lines, curve.arm(), 0, points(curve, TrainingStep::loss));
      }
    }
    return lines.isEmpty() ? "" : figure("Warm start: loss, nats a token", lines, false);
  }

  private static void put(SortedMap<Integer, Double> points, int step, @Nullable Double value) {
    if (value != null && Double.isFinite(value)) {
      points.put(step, value);
    }
  }

  private static void add(
      List<Line> lines, String name, int colour, SortedMap<Integer, Double> points) {
    if (!points.isEmpty()) {
      lines.add(new Line(name, colour, points));
    }
  }

  private static String figure(String caption, List<Line> lines, boolean fraction) {
    return Html.figure(caption, Charts.curves(caption, lines, fraction));
  }

  private void facts() {
    out.append("<section>\n<h2>Where this comes from</h2>\n");
    if (!request.amendments().isEmpty()) {
      block("Amendments", request.amendments());
    }
    block("Environment", request.environment());
    block("Spec, digest " + request.experiment().digest(), request.experiment().spec());
    if (!request.provenance().isEmpty()) {
      block("Provenance", request.provenance());
    }
    if (!request.failures().isEmpty()) {
      List<List<String>> rows =
          request.failures().stream()
              .map(f -> List.of(f.stage(), f.type(), f.message(), Integer.toString(f.attempts())))
              .toList();
      out.append(
          Html.card(
              new Table(
                  "What went wrong on the way.",
                  List.of("stage", "type", "message", "attempts"),
                  3,
                  rows,
                  ""),
              ""));
    }
    out.append("</section>\n");
  }

  private void block(String title, Object tree) {
    out.append("<details><summary>").append(Html.escape(title)).append("</summary><pre>");
    StringBuilder text = new StringBuilder();
    indent(tree, "", text);
    out.append(Html.escape(text.toString())).append("</pre></details>\n");
  }

  /** Nested maps as indented lines; leaves as JSON. */
  private static void indent(@Nullable Object tree, String margin, StringBuilder text) {
    if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
      TreeMap<String, Object> sorted = new TreeMap<>();
      map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
      sorted.forEach(
          (key, value) -> {
            boolean nested = value instanceof Map<?, ?> inner && !inner.isEmpty();
            text.append(margin).append(key).append(nested ? ":\n" : ": ");
            if (nested) {
              indent(value, margin + "  ", text);
            } else {
              text.append(CanonicalJson.text(value)).append('\n');
            }
          });
    } else {
      text.append(margin).append(CanonicalJson.text(tree)).append('\n');
    }
  }

  private static String style() {
    try (InputStream stream = HtmlReport.class.getResourceAsStream("report.css")) {
      return new String(
          Objects.requireNonNull(stream, "report.css is not on the class path").readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
