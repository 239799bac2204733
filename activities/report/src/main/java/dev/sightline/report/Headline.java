package dev.sightline.report;

import dev.sightline.report.Report.Comparison;
import dev.sightline.report.Report.Metric;
import dev.sightline.report.Report.Run;
import dev.sightline.report.Report.Summary;
import dev.sightline.report.ReportRequest.Arm;
import dev.sightline.report.ReportRequest.Comparing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the first screen shows: the primary setting, and each policy's summaries in it. */
final class Headline {
  static final String START = "start";

  private final Report report;
  private final String template;
  private final String mode;
  private final String split;

  private Headline(Report report, String template, String mode, String split) {
    this.report = report;
    this.template = template;
    this.mode = mode;
    this.split = split;
  }

  /** The primary setting, or the first one that was evaluated when that is not there. */
  static Headline of(Report report) {
    Comparing comparing = report.request().experiment().comparing();
    List<Summary> all = all(report);
    for (String split : comparing.splits()) {
      if (all.stream().anyMatch(s -> in(s, comparing.template(), comparing.mode(), split))) {
        return new Headline(report, comparing.template(), comparing.mode(), split);
      }
    }
    return all.stream()
        .findFirst()
        .map(s -> new Headline(report, s.template(), s.mode(), s.split()))
        .orElseGet(() -> new Headline(report, comparing.template(), comparing.mode(), "test"));
  }

  static List<Summary> all(Report report) {
    return Stream.concat(
            report.baseline().stream(),
            report.runs().stream().flatMap(r -> r.evaluations().stream()))
        .toList();
  }

  private static boolean in(Summary s, String template, String mode, String split) {
    return s.template().equals(template) && s.mode().equals(mode) && s.split().equals(split);
  }

  String setting() {
    return template + " template, " + mode + ", " + split;
  }

  String split() {
    return split;
  }

  int items() {
    return all(report).stream()
        .filter(s -> in(s, template, mode, split))
        .mapToInt(s -> s.measures().n())
        .max()
        .orElse(0);
  }

  /** "start" and each arm by its place in the plan; an arm without results has an empty list. */
  Map<String, List<Summary>> policies() {
    return policies(mode);
  }

  /** The same with the text twin in place of the image. */
  Map<String, List<Summary>> fromText() {
    return policies("text");
  }

  private Map<String, List<Summary>> policies(String inMode) {
    Map<String, List<Summary>> policies = new LinkedHashMap<>();
    policies.put(
        START, report.baseline().stream().filter(s -> in(s, template, inMode, split)).toList());
    for (Arm arm : report.request().arms()) {
      policies.put(
          arm.name(),
          report.runs().stream()
              .filter(run -> run.arm().equals(arm.name()))
              .flatMap(run -> run.evaluations().stream())
              .filter(s -> in(s, template, inMode, split))
              .toList());
    }
    return policies;
  }

  List<Comparison> comparisons() {
    return report.comparisons().stream()
        .filter(
            c -> c.template().equals(template) && c.mode().equals(mode) && c.split().equals(split))
        .toList();
  }

  Optional<Comparison> comparison(String arm, String against, Metric metric) {
    return comparisons().stream()
        .filter(c -> c.arm().equals(arm) && c.against().equals(against) && c.metric() == metric)
        .findFirst();
  }

  /** One sentence for each arm: what became of its perception since the start. */
  List<String> findings() {
    List<String> sentences = new ArrayList<>();
    for (Arm arm : report.request().arms()) {
      Optional<Comparison> since =
          comparison(arm.name(), ReportRequest.BASELINE, Metric.PERCEPTION);
      Optional<Run> missing =
          report.runs().stream()
              .filter(r -> r.arm().equals(arm.name()) && r.missing() != null)
              .findFirst();
      if (since.isPresent()) {
        sentences.add(
            arm.name()
                + ": P "
                + Format.points(since.get().difference())
                + " points since the start, "
                + since.get().words()
                + ".");
      } else if (missing.isPresent() && missing.get().missing() != null) {
        sentences.add(arm.name() + ": no result, " + Tables.reason(missing.get().missing()) + ".");
      }
    }
    return sentences;
  }
}
