package dev.sightline.report;

import dev.sightline.report.Report.AccuracyByPerception;
import dev.sightline.report.Report.Measures;
import dev.sightline.report.Report.Rate;
import dev.sightline.report.Report.SelfConsistency;
import dev.sightline.report.Report.Slice;
import dev.sightline.report.Report.Summary;
import dev.sightline.report.ReportRequest.Description;
import dev.sightline.report.ReportRequest.Evaluation;
import dev.sightline.report.ReportRequest.Row;
import dev.sightline.statistics.Interval;
import dev.sightline.statistics.Intervals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One evaluation's numbers (science.md 2 and 3), over all items and by family and level. */
final class Summaries {
  private Summaries() {}

  static Rate rate(double confidence, int successes, int n) {
    return new Rate(
        successes, n, (double) successes / n, Intervals.wilson(successes, n, confidence));
  }

  /**
   * @param blank the same policy's evaluation on blank pictures; null when not asked
   */
  static Summary of(ReportRequest request, Evaluation evaluation, @Nullable Evaluation blank) {
    List<Row> rows = sorted(evaluation);
    List<Row> unseen = blank == null ? List.of() : sorted(blank);
    List<Slice> slices = new ArrayList<>();
    Map<String, Map<String, List<Row>>> families = new TreeMap<>();
    for (Row row : rows) {
      families
          .computeIfAbsent(row.family(), f -> new TreeMap<>())
          .computeIfAbsent(row.level(), l -> new ArrayList<>())
          .add(row);
    }
    families.forEach(
        (family, levels) -> {
          Predicate<Row> inFamily = row -> row.family().equals(family);
          slices.add(
              new Slice(
                  family,
                  null,
                  measures(
                      request,
                      evaluation.split(),
                      rows.stream().filter(inFamily).toList(),
                      unseen.stream().filter(inFamily).toList())));
          if (levels.size() > 1) {
            levels.forEach(
                (level, members) ->
                    slices.add(
                        new Slice(
                            family,
                            level,
                            measures(
                                request,
                                evaluation.split(),
                                members,
                                unseen.stream()
                                    .filter(inFamily.and(row -> row.level().equals(level)))
                                    .toList()))));
          }
        });
    return new Summary(
        evaluation.arm(),
        evaluation.seed(),
        evaluation.checkpoint(),
        evaluation.lineage(),
        evaluation.stateDigest(),
        evaluation.template(),
        evaluation.mode(),
        evaluation.split(),
        measures(request, evaluation.split(), rows, unseen),
        slices);
  }

  private static List<Row> sorted(Evaluation evaluation) {
    return evaluation.rows().stream()
        .sorted(Comparator.comparing(Row::family).thenComparing(Row::item))
        .toList();
  }

  /**
   * @param rows at least one
   * @param unseen the same items on blank pictures; empty when not asked
   */
  private static Measures measures(
      ReportRequest request, String split, List<Row> rows, List<Row> unseen) {
    double confidence = request.experiment().comparing().confidence();
    int n = rows.size();
    Map<Description, Integer> descriptions = new EnumMap<>(Description.class);
    if (rows.stream().anyMatch(row -> row.description() != null)) {
      for (Description status : Description.values()) {
        descriptions.put(status, count(rows, row -> row.description() == status));
      }
    }
    List<Row> seen = rows.stream().filter(row -> row.perceived() != null).toList();
    List<Row> copied = rows.stream().filter(row -> row.copyFidelity() != null).toList();
    int notPerceived = count(seen, row -> Boolean.FALSE.equals(row.perceived()));
    int wrongScene =
        count(
            seen,
            row ->
                Boolean.FALSE.equals(row.perceived()) && row.description() == Description.COMPLETE);
    double[] questions =
        rows.stream()
            .map(Row::perceptionQuestions)
            .filter(q -> q != null)
            .mapToDouble(Double::doubleValue)
            .toArray();
    return new Measures(
        n,
        accuracy(confidence, rows),
        rate(confidence, count(rows, Row::lenientCorrect), n),
        trueRate(confidence, seen.stream().map(Row::perceived).toList()),
        trueRate(confidence, copied.stream().map(Row::copyFidelity).toList()),
        questions.length == 0 ? null : Intervals.mean(questions),
        questionsInterval(confidence, questions),
        questions.length,
        selfConsistency(confidence, rows),
        descriptions,
        wrongScene,
        notPerceived - wrongScene,
        rate(confidence, count(rows, Row::truncated), n),
        meanFacts(rows),
        normalizedFacts(request, split, rows),
        seen.isEmpty() ? null : byPerception(confidence, seen),
        Yardsticks.of(request, split, rows, unseen));
  }

  static Rate accuracy(double confidence, List<Row> rows) {
    return rate(confidence, count(rows, Row::strictCorrect), rows.size());
  }

  private static int count(Collection<Row> rows, Predicate<Row> predicate) {
    return (int) rows.stream().filter(predicate).count();
  }

  static @Nullable Rate trueRate(double confidence, List<@Nullable Boolean> values) {
    return values.isEmpty()
        ? null
        : rate(
            confidence, (int) values.stream().filter(Boolean.TRUE::equals).count(), values.size());
  }

  /** Wilson when every Q is 0 or 1, else Student's t, cut to [0, 1]. */
  private static @Nullable Interval questionsInterval(double confidence, double[] questions) {
    if (questions.length == 0) {
      return null;
    }
    int ones = 0;
    int zeros = 0;
    for (double question : questions) {
      ones += question == 1 ? 1 : 0;
      zeros += question == 0 ? 1 : 0;
    }
    if (ones + zeros == questions.length) {
      return Intervals.wilson(ones, questions.length, confidence);
    }
    if (questions.length == 1) {
      return new Interval(0, 1);
    }
    Interval t = Intervals.studentT(questions, confidence);
    return new Interval(Math.max(0, t.low()), Math.min(1, t.high()));
  }

  private static SelfConsistency selfConsistency(double confidence, List<Row> rows) {
    List<Row> applicable = rows.stream().filter(row -> row.selfConsistent() != null).toList();
    int ones = count(applicable, row -> Boolean.TRUE.equals(row.selfConsistent()));
    int n = rows.size();
    int open = n - applicable.size();
    return new SelfConsistency(
        applicable.isEmpty() ? null : rate(confidence, ones, applicable.size()),
        (double) applicable.size() / n,
        new Interval((double) ones / n, (double) (ones + open) / n),
        byChance(applicable));
  }

  private static @Nullable Double byChance(List<Row> applicable) {
    double[] rates =
        applicable.stream()
            .map(Row::consistentByChance)
            .filter(rate -> rate != null)
            .mapToDouble(Double::doubleValue)
            .toArray();
    return rates.length == 0 ? null : (Double) Intervals.mean(rates);
  }

  private static @Nullable Double meanFacts(List<Row> rows) {
    double[] facts =
        rows.stream()
            .map(Row::factsScore)
            .filter(f -> f != null)
            .mapToDouble(Double::doubleValue)
            .toArray();
    return facts.length == 0 ? null : Intervals.mean(facts);
  }

  /** Mean over families of (mean facts - s0) / (1 - s0); null when a family lacks facts or s0. */
  private static @Nullable Double normalizedFacts(
      ReportRequest request, String split, List<Row> rows) {
    Map<String, List<Row>> byFamily = new TreeMap<>();
    rows.forEach(row -> byFamily.computeIfAbsent(row.family(), f -> new ArrayList<>()).add(row));
    double sum = 0;
    for (Map.Entry<String, List<Row>> entry : byFamily.entrySet()) {
      Double facts = meanFacts(entry.getValue());
      ReportRequest.Dataset dataset = Yardsticks.dataset(request, entry.getKey(), split);
      Double floor = dataset == null ? null : dataset.constantDescriptionScore();
      if (facts == null || floor == null || floor >= 1) {
        return null;
      }
      sum += (facts - floor) / (1 - floor);
    }
    return sum / byFamily.size();
  }

  private static AccuracyByPerception byPerception(double confidence, List<Row> seen) {
    List<Row> right = seen.stream().filter(r -> Boolean.TRUE.equals(r.perceived())).toList();
    List<Row> wrong = seen.stream().filter(r -> Boolean.FALSE.equals(r.perceived())).toList();
    return new AccuracyByPerception(
        right.isEmpty() ? null : accuracy(confidence, right),
        wrong.isEmpty() ? null : accuracy(confidence, wrong),
        standardized(right, seen),
        standardized(wrong, seen));
  }

  /** Accuracy of {@code part} by family and level, weighted by the mix of {@code all}. */
  private static @Nullable Double standardized(List<Row> part, List<Row> all) {
    Map<String, int[]> levels = new TreeMap<>();
    for (Row row : all) {
      levels.computeIfAbsent(level(row), l -> new int[3])[0]++;
    }
    for (Row row : part) {
      int[] counts = levels.getOrDefault(level(row), new int[3]);
      counts[1]++;
      counts[2] += row.strictCorrect() ? 1 : 0;
    }
    double sum = 0;
    for (int[] counts : levels.values()) {
      if (counts[1] == 0) {
        return null;
      }
      sum += counts[0] * (double) counts[2] / counts[1];
    }
    return sum / all.size();
  }

  private static String level(Row row) {
    return row.family() + "\n" + row.level();
  }
}
