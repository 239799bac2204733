package dev.sightline.report;

import dev.sightline.report.Report.Comparison;
import dev.sightline.report.Report.Constant;
import dev.sightline.report.Report.Measures;
import dev.sightline.report.Report.Rate;
import dev.sightline.report.Report.Run;
import dev.sightline.report.Report.Summary;
import dev.sightline.report.ReportRequest.MissingRun;
import dev.sightline.statistics.Interval;
import dev.sightline.statistics.Power;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** The report's tables, the same for text, Markdown and HTML. */
final class Tables {
  private Tables() {}

  static Table headline(Report report) {
    Headline headline = Headline.of(report);
    Map<String, List<Summary>> text = headline.fromText();
    List<List<String>> rows = new ArrayList<>();
    headline
        .policies()
        .forEach(
            (name, summaries) ->
                rows.add(
                    List.of(
                        name,
                        rates(summaries, Measures::perception),
                        questions(summaries),
                        rates(summaries, Measures::accuracy),
                        mean(text.getOrDefault(name, List.of()), m -> m.accuracy().value()),
                        mean(summaries, m -> value(m.selfConsistency().rate())))));
    List<Constant> here =
        report.constants().stream().filter(c -> c.split().equals(headline.split())).toList();
    if (!here.isEmpty()) {
      Rate answers = pooledAnswers(report, here);
      rows.add(
          List.of(
              "sees nothing",
              Format.percent(pooledDescriptions(here)),
              Format.NONE,
              Format.withInterval(answers),
              Format.percent(answers),
              Format.NONE));
    }
    return new Table(
        "Which reward keeps the policy looking? Percent, "
            + headline.setting()
            + ", "
            + headline.items()
            + " items.",
        List.of("reward", "P", "Q", "A", "A text", "S"),
        1,
        rows,
        "P: the described scene is right. Q: perception questions. A: the answer is right. "
            + "A text: with the text twin in place of the image. S: the answer follows from the "
            + "described scene, where that applies. "
            + (report.request().seeds().size() == 1
                ? "Brackets: "
                    + Math.round(100 * report.request().experiment().comparing().confidence())
                    + " % intervals over items, conditional on this run."
                : "Parentheses: lowest to highest seed.")
            + " \"Sees nothing\": the best constant description and the most frequent answer.");
  }

  /** The most frequent answer of each family, over all items; null where a family has none. */
  static @Nullable Rate pooledAnswers(Report report, List<Constant> constants) {
    int right = 0;
    int items = 0;
    for (Constant constant : constants) {
      Rate rate = constant.mostFrequentAnswerAccuracy();
      if (rate == null) {
        return null;
      }
      right += rate.successes();
      items += rate.n();
    }
    double confidence = report.request().experiment().comparing().confidence();
    return Summaries.rate(confidence, right, items);
  }

  /** Likewise how often the best constant description of each family is exact. */
  static @Nullable Double pooledDescriptions(List<Constant> constants) {
    double sum = 0;
    int items = 0;
    for (Constant constant : constants) {
      Double exact = constant.constantDescriptionExact();
      if (exact == null) {
        return null;
      }
      sum += constant.count() * exact;
      items += constant.count();
    }
    return items == 0 ? null : (Double) (sum / items);
  }

  private static String rates(List<Summary> summaries, Function<Measures, @Nullable Rate> metric) {
    if (summaries.size() == 1) {
      return Format.withInterval(metric.apply(summaries.getFirst().measures()));
    }
    return spread(summaries, m -> value(metric.apply(m)));
  }

  private static String questions(List<Summary> summaries) {
    if (summaries.size() == 1) {
      Measures only = summaries.getFirst().measures();
      return only.perceptionQuestions() == null
          ? Format.NONE
          : Format.percent(only.perceptionQuestions())
              + " "
              + Format.interval(only.perceptionQuestionsInterval());
    }
    return spread(summaries, Measures::perceptionQuestions);
  }

  private static String spread(
      List<Summary> summaries, Function<Measures, @Nullable Double> metric) {
    double[] values = values(summaries, metric);
    return values.length == 0
        ? Format.NONE
        : Format.percent((Double) DoubleStream.of(values).average().orElseThrow())
            + " ("
            + Format.percent((Double) DoubleStream.of(values).min().orElseThrow())
            + "–"
            + Format.percent((Double) DoubleStream.of(values).max().orElseThrow())
            + ")";
  }

  private static String mean(List<Summary> summaries, Function<Measures, @Nullable Double> metric) {
    double[] values = values(summaries, metric);
    return values.length == 0
        ? Format.NONE
        : Format.percent((Double) DoubleStream.of(values).average().orElseThrow());
  }

  private static double[] values(
      List<Summary> summaries, Function<Measures, @Nullable Double> metric) {
    return summaries.stream()
        .map(Summary::measures)
        .map(metric)
        .filter(v -> v != null)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static @Nullable Double value(@Nullable Rate rate) {
    return rate == null ? null : (Double) rate.value();
  }

  /** The comparisons of the headline's setting. */
  static Table differences(Report report) {
    Headline headline = Headline.of(report);
    return comparisons(
        "Differences on the same items, " + headline.setting() + ".", headline.comparisons());
  }

  static Table otherDifferences(Report report) {
    List<Comparison> shown = Headline.of(report).comparisons();
    return comparisons(
        "Differences under the other templates, modes and splits (exploratory).",
        report.comparisons().stream().filter(c -> !shown.contains(c)).toList());
  }

  private static Table comparisons(String caption, List<Comparison> comparisons) {
    boolean mixed = comparisons.stream().map(Tables::setting).distinct().count() > 1;
    List<List<String>> rows = new ArrayList<>();
    for (Comparison c : comparisons) {
      String name = c.arm() + " − " + opponent(c) + (mixed ? " (" + setting(c) + ")" : "");
      rows.add(
          List.of(
              (c.primary() ? "* " : "") + name,
              c.metric().symbol(),
              Words.unqualified(c),
              Format.points(c.difference()),
              Format.points(c.deciding()),
              Format.pValue(c.p()),
              Format.pValue(c.adjusted())));
    }
    return new Table(
        caption,
        List.of("comparison", "of", "finding", "points", "interval", "p", "adjusted"),
        3,
        rows,
        note(comparisons));
  }

  private static String note(List<Comparison> comparisons) {
    if (comparisons.isEmpty()) {
      return "";
    }
    String tests =
        String.join(
            ", ",
            comparisons.stream()
                .map(Comparison::test)
                .filter(t -> !t.equals("none"))
                .distinct()
                .toList());
    return (comparisons.stream().anyMatch(Comparison::primary)
            ? "* primary family, adjusted by Holm with missing arms counted; all else is "
            : "All of this is ")
        + "exploratory, adjusted by Benjamini-Hochberg. Interval: the wider of the crossed bootstrap"
        + " and, with several seeds, the t interval. Test: "
        + (tests.isEmpty() ? "none" : tests)
        + "."
        + qualifications(comparisons);
  }

  private static String qualifications(List<Comparison> comparisons) {
    List<String> all =
        comparisons.stream()
            .map(Words::qualification)
            .filter(q -> !q.isEmpty())
            .distinct()
            .toList();
    return all.isEmpty() ? "" : " Findings: " + String.join("; ", all) + ".";
  }

  private static String opponent(Comparison c) {
    return c.against().equals(ReportRequest.BASELINE) ? Headline.START : c.against();
  }

  private static String setting(Comparison c) {
    return String.join(" ", c.template(), c.mode(), c.split());
  }

  static Table constants(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (Constant c : report.constants()) {
      rows.add(
          List.of(
              c.family(),
              c.split(),
              c.mostFrequentAnswer() + (c.fromTest() ? " (of these items)" : ""),
              c.space(),
              Integer.toString(c.count()),
              Format.withInterval(c.mostFrequentAnswerAccuracy()),
              Format.percent(c.constantDescriptionScore()),
              Format.percent(c.constantDescriptionExact())));
    }
    return new Table(
        "What a policy that sees nothing reaches, percent.",
        List.of("family", "split", "answer", "space", "items", "its A", "its facts", "its P"),
        4,
        rows,
        "Answer: the most frequent one. Facts and P: the best constant description fitted on train.");
  }

  static Table power(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (Power.ItemRow row : report.power().items()) {
      rows.add(
          List.of(
              "items: the arms differ on "
                  + Format.percent((Double) row.discordance())
                  + " % of them",
              Integer.toString(row.items()),
              points(row.difference())));
    }
    for (Power.SeedRow row : report.power().seeds()) {
      rows.add(
          List.of(
              "seeds: differences scatter by "
                  + String.format(Locale.ROOT, "%.0f", 100 * row.deviation())
                  + " points",
              Integer.toString(row.seeds()),
              row.seeds() < 2 ? "needs 2 seeds" : points(row.difference())));
    }
    return new Table(
        "The smallest difference that this experiment can find, points.",
        List.of("by", "number", "difference"),
        1,
        rows,
        String.format(
            Locale.ROOT,
            "Power 0.8, two-sided 0.05. A sign flip over %d %s cannot give p below %s.",
            report.request().seeds().size(),
            report.request().seeds().size() == 1 ? "seed" : "seeds",
            Format.number((Double) report.power().smallestSignFlip())));
  }

  private static String points(OptionalDouble difference) {
    return difference.isPresent()
        ? String.format(Locale.ROOT, "%.1f", 100 * difference.getAsDouble())
        : "out of reach";
  }

  static Table missing(Report report) {
    List<List<String>> rows = new ArrayList<>();
    // arm and reason -> seeds, so that a skipped arm is one line
    Map<List<String>, List<String>> groups = new LinkedHashMap<>();
    for (Run run : report.runs()) {
      if (run.missing() != null) {
        groups
            .computeIfAbsent(List.of(run.arm(), reason(run.missing())), group -> new ArrayList<>())
            .add(Long.toString(run.seed()));
      }
    }
    groups.forEach(
        (group, seeds) ->
            rows.add(List.of(group.get(0) + "/" + String.join(",", seeds), group.get(1))));
    return new Table(
        "Planned runs without a result; they stay in the count of tests.",
        List.of("run", "why"),
        2,
        rows,
        "");
  }

  static String reason(@Nullable MissingRun missing) {
    return missing == null
        ? ""
        : Format.lower(missing.reason())
            + (missing.explanation().isBlank() ? "" : ": " + missing.explanation());
  }

  /** Every seed's difference, where there are several. */
  static Table bySeed(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (Comparison c : Headline.of(report).comparisons()) {
      if (c.seeds().size() > 1) {
        Interval t = c.studentT();
        rows.add(
            List.of(
                c.arm() + " − " + opponent(c),
                c.metric().symbol(),
                String.join("  ", c.bySeed().stream().map(Format::points).toList()),
                t == null ? Format.NONE : Format.points(t),
                Format.points(c.bootstrap()),
                Format.pValue(c.seedTest()),
                Format.pValue(c.itemSignFlip())));
      }
    }
    return new Table(
        "The difference of every seed, points.",
        List.of("comparison", "of", "by seed", "t interval", "bootstrap", "p seeds", "p items"),
        3,
        rows,
        "");
  }
}
