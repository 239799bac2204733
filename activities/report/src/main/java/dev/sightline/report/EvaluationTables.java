package dev.sightline.report;

import dev.sightline.report.Report.AccuracyByPerception;
import dev.sightline.report.Report.Measures;
import dev.sightline.report.Report.Summary;
import dev.sightline.report.ReportRequest.Description;
import java.util.ArrayList;
import java.util.List;

/** Tables with one row for each evaluation. */
final class EvaluationTables {
  private EvaluationTables() {}

  static Table evaluations(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (Summary s : Headline.all(report)) {
      Measures m = s.measures();
      rows.add(
          List.of(
              policy(s),
              String.join(" ", s.template(), s.mode(), s.split()),
              Integer.toString(m.n()),
              Format.percent(m.accuracy()),
              Format.percent(m.accuracyLenient()),
              Format.percent(m.perception()),
              Format.percent(m.copyFidelity()),
              Format.percent(m.perceptionQuestions()),
              Format.percent(m.selfConsistency().rate()),
              Format.percent(m.truncated())));
    }
    return new Table(
        "Every evaluation, percent.",
        List.of("policy", "setting", "n", "A", "lenient", "P", "copy", "Q", "S", "cut"),
        2,
        rows,
        "Lenient: tag, then last boxed or bold, then last line. Copy: the described scene is right"
            + " where the text twin was shown; that is not perception. Cut: completions that hit"
            + " the token limit."
            + (Headline.all(report).stream().anyMatch(s -> s.mode().equals(Decompositions.SWAPPED))
                ? " Swapped: P and A against the item's own scene, which was not shown."
                : ""));
  }

  static String policy(Summary s) {
    String name = s.arm().equals(ReportRequest.BASELINE) ? Headline.START : s.arm();
    return s.seed() == null ? name : name + "/" + s.seed();
  }

  /** What the descriptions were, for every evaluation without a twin. */
  static Table descriptions(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (Summary s : Headline.all(report)) {
      Measures m = s.measures();
      if (m.perception() == null) {
        continue;
      }
      List<String> row = new ArrayList<>();
      row.add(policy(s));
      row.add(String.join(" ", s.template(), s.mode(), s.split()));
      for (Description status : Description.values()) {
        row.add(Integer.toString(m.descriptions().getOrDefault(status, 0)));
      }
      row.add(Integer.toString(m.wrongScene()));
      row.add(Integer.toString(m.noScene()));
      row.add(Format.percent(m.facts()));
      row.add(Format.percent(m.normalizedFacts()));
      rows.add(row);
    }
    return new Table(
        "What was described: items by status, and the facts in it.",
        List.of(
            "policy",
            "setting",
            "none",
            "unread",
            "part",
            "contra",
            "whole",
            "wrong",
            "no scene",
            "facts",
            "above s0"),
        2,
        rows,
        "None, unread, part, contra, whole: description missing, unparsable, partial, contradictory,"
            + " complete. Wrong, no scene: the split of not-P. Above s0: (facts − s0) / (1 − s0), s0"
            + " the best constant description.");
  }

  static Table consistency(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (Summary s : Headline.all(report)) {
      Measures m = s.measures();
      AccuracyByPerception split = m.byPerception();
      if (split == null) {
        continue;
      }
      rows.add(
          List.of(
              policy(s),
              String.join(" ", s.template(), s.mode(), s.split()),
              Format.percent(m.selfConsistency().rate()),
              Format.percent((Double) m.selfConsistency().coverage()),
              Format.interval(m.selfConsistency().bounds()),
              Format.percent(m.selfConsistency().byChance()),
              Format.percent(split.perceived()),
              Format.percent(split.notPerceived()),
              Format.percent(split.perceivedByLevel()),
              Format.percent(split.notPerceivedByLevel())));
    }
    return new Table(
        "Does the answer follow from the description? Percent.",
        List.of(
            "policy",
            "setting",
            "S",
            "cover",
            "bounds",
            "chance",
            "A|P",
            "A|¬P",
            "A|P lev",
            "A|¬P lev"),
        2,
        rows,
        "Cover: share of items on which S applies. Bounds: S if all others were 0, or 1. Chance:"
            + " descriptions permuted between items. S is agreement, not proof of use. A|P and A|¬P"
            + " compare easier with harder items; lev: standardised by level. No cause is claimed.");
  }
}
