package dev.sightline.report;

import dev.sightline.report.Report.Comparison;
import dev.sightline.report.Report.Metric;
import dev.sightline.statistics.Interval;
import dev.sightline.statistics.Verdict;
import java.util.List;
import java.util.Optional;

/** Which words a difference has earned (science.md 3 and 7). */
final class Words {
  private Words() {}

  static String of(Comparison comparison, List<Comparison> all) {
    String finding =
        switch (comparison.metric()) {
          case ACCURACY -> accuracy(comparison);
          case PERCEPTION -> perception(comparison, all);
          case PERCEPTION_QUESTIONS -> questions(comparison);
        };
    return finding + qualifier(comparison);
  }

  private static String accuracy(Comparison comparison) {
    return switch (comparison.verdict()) {
      case Verdict.Better _ -> "better";
      case Verdict.Worse _ -> "worse";
      case Verdict.Equivalent _ -> "equivalent";
      case Verdict.Inconclusive _ -> "inconclusive";
      case Verdict.NoVerdict _, Verdict.ConditionalOnRun _, Verdict.Incomplete _ ->
          direction(comparison, "answers more rightly", "answers less rightly");
    };
  }

  /** Perception may be said to be kept or lost only if P and Q both move. */
  private static String perception(Comparison comparison, List<Comparison> all) {
    int described = sign(comparison.deciding());
    if (described == 0) {
      return "no difference in describing shown";
    }
    int answered = questionsBeside(comparison, all).map(q -> sign(q.deciding())).orElse(0);
    if (described == answered) {
      boolean start = comparison.against().equals(ReportRequest.BASELINE);
      if (described < 0) {
        return start ? "loses perception" : "keeps less perception";
      }
      return start ? "gains perception" : "keeps more perception";
    }
    return described > 0
        ? "describes better; seeing not shown to change"
        : "describes worse; seeing not shown to change";
  }

  private static String questions(Comparison comparison) {
    return direction(comparison, "answers questions better", "answers questions worse");
  }

  private static Optional<Comparison> questionsBeside(Comparison p, List<Comparison> all) {
    return all.stream()
        .filter(
            c ->
                c.metric() == Metric.PERCEPTION_QUESTIONS
                    && c.arm().equals(p.arm())
                    && c.against().equals(p.against())
                    && c.template().equals(p.template())
                    && c.mode().equals(p.mode())
                    && c.split().equals(p.split()))
        .findFirst();
  }

  private static String direction(Comparison comparison, String up, String down) {
    int sign = sign(comparison.deciding());
    return sign > 0 ? up : sign < 0 ? down : "no difference shown";
  }

  private static int sign(Interval interval) {
    return interval.low() > 0 ? 1 : interval.high() < 0 ? -1 : 0;
  }

  /** The finding alone, for tables whose banner or note carries the qualifier. */
  static String unqualified(Comparison comparison) {
    String words = comparison.words();
    return words.substring(0, words.length() - qualifier(comparison).length());
  }

  /** What every finding of an experiment with this many seeds is subject to; empty for nothing. */
  static String qualification(Comparison comparison) {
    return qualifier(comparison).strip().replaceAll("^\\(|\\)$", "");
  }

  private static String qualifier(Comparison comparison) {
    return switch (comparison.verdict()) {
      case Verdict.ConditionalOnRun _ -> " (conditional on this run)";
      case Verdict.NoVerdict n -> " (" + n.seeds() + " seeds: no verdict on designs)";
      case Verdict.Incomplete i ->
          " (" + i.seeds() + " of " + i.planned() + " planned seeds: no verdict on designs)";
      case Verdict.Better _ -> "";
      case Verdict.Worse _ -> "";
      case Verdict.Equivalent _ -> "";
      case Verdict.Inconclusive _ -> "";
    };
  }
}
