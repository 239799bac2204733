package dev.sightline.report;

import dev.sightline.report.Report.Constant;
import dev.sightline.report.Report.Run;
import dev.sightline.report.Report.Summary;
import dev.sightline.report.ReportRequest.Arm;
import dev.sightline.report.ReportRequest.Dataset;
import dev.sightline.report.ReportRequest.Evaluation;
import dev.sightline.report.ReportRequest.MissingReason;
import dev.sightline.report.ReportRequest.MissingRun;
import dev.sightline.report.ReportRequest.Row;
import dev.sightline.statistics.Power;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Computes the report's numbers. Equal requests, in any order of rows, give equal reports. */
public final class ReportBuilder {
  /** Baseline first, then arms; then template, mode, split. */
  private static final Comparator<Evaluation> ORDER =
      Comparator.comparing(Evaluation::template)
          .thenComparing(Evaluation::mode)
          .thenComparing(Evaluation::split)
          .thenComparing(e -> e.seed() == null ? Long.MIN_VALUE : e.seed())
          .thenComparing(Evaluation::checkpoint);

  private ReportBuilder() {}

  /** As the other, with nothing known of interruptions. */
  public static Report build(ReportRequest request) {
    return build(request, Interruptions.NONE);
  }

  /**
   * @param interruptions which no number of the results depends on
   * @throws IllegalArgumentException when an evaluation belongs to no planned arm or seed, is
   *     double, or has no rows
   * @throws dev.sightline.statistics.UnpairedException when compared evaluations do not hold the
   *     same items
   */
  public static Report build(ReportRequest request, Interruptions interruptions) {
    check(request);
    List<Evaluation> evaluations = request.evaluations().stream().sorted(ORDER).toList();
    List<Summary> baseline = new ArrayList<>();
    for (Evaluation evaluation : evaluations) {
      if (evaluation.arm().equals(ReportRequest.BASELINE)) {
        baseline.add(Summaries.of(request, evaluation, blank(evaluation, evaluations)));
      }
    }
    List<Run> runs = new ArrayList<>();
    for (Arm arm : request.arms()) {
      for (long seed : request.seedsOf(arm.name()).stream().sorted().toList()) {
        runs.add(run(request, arm.name(), seed, evaluations));
      }
    }
    return new Report(
        request,
        baseline,
        runs,
        constants(request),
        Decompositions.of(request, evaluations),
        Comparisons.of(request, evaluations),
        Power.table(primaryItems(request), request.seeds().size()),
        request.seeds().size() == 1,
        interruptions);
  }

  private static void check(ReportRequest request) {
    Map<String, Evaluation> seen = new HashMap<>();
    List<String> names = request.arms().stream().map(Arm::name).toList();
    if (names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException("two arms have one name: " + names);
    }
    String reference = request.experiment().comparing().referenceArm();
    if (reference != null && !names.contains(reference)) {
      throw new IllegalArgumentException(
          "reference arm '" + reference + "' is none of the arms " + names);
    }
    for (Evaluation e : request.evaluations()) {
      boolean start = e.arm().equals(ReportRequest.BASELINE);
      if (!start && !names.contains(e.arm())) {
        throw new IllegalArgumentException("evaluation of an arm that was not planned: " + e.arm());
      }
      if (e.seed() == null ? !start : !request.seeds().contains(e.seed())) {
        throw new IllegalArgumentException(
            "evaluation of " + e.arm() + " with seed " + e.seed() + ", which was not planned");
      }
      if (e.rows().isEmpty()) {
        throw new IllegalArgumentException("evaluation without rows: " + name(e));
      }
      if (seen.put(name(e), e) != null) {
        throw new IllegalArgumentException(
            "two evaluations of " + name(e) + "; a report takes one checkpoint per arm and seed");
      }
    }
  }

  private static String name(Evaluation e) {
    return String.join(
        " ", e.arm(), "seed " + e.seed(), "template " + e.template(), e.mode(), e.split());
  }

  private static Run run(
      ReportRequest request, String arm, long seed, List<Evaluation> evaluations) {
    List<Evaluation> mine =
        evaluations.stream()
            .filter(e -> e.arm().equals(arm) && e.seed() != null && e.seed() == seed)
            .toList();
    MissingRun missing =
        request.missing().stream()
            .filter(m -> m.arm().equals(arm) && (m.seed() == null || m.seed() == seed))
            .findFirst()
            .orElse(null);
    if (mine.isEmpty()) {
      MissingRun reason =
          missing != null
              ? missing
              : new MissingRun(arm, seed, MissingReason.FAILED, "no evaluation was handed in");
      return new Run(arm, seed, null, null, null, reason, List.of());
    }
    Evaluation last = mine.getLast();
    return new Run(
        arm,
        seed,
        last.checkpoint(),
        last.lineage(),
        last.stateDigest(),
        missing,
        mine.stream().map(e -> Summaries.of(request, e, blank(e, mine))).toList());
  }

  /** The same policy's evaluation on blank pictures. */
  private static @Nullable Evaluation blank(Evaluation evaluation, List<Evaluation> all) {
    return all.stream()
        .filter(
            e ->
                e.mode().equals("blank")
                    && e.arm().equals(evaluation.arm())
                    && Objects.equals(e.seed(), evaluation.seed())
                    && e.template().equals(evaluation.template())
                    && e.split().equals(evaluation.split()))
        .findFirst()
        .orElse(null);
  }

  private static List<Constant> constants(ReportRequest request) {
    double confidence = request.experiment().comparing().confidence();
    List<Constant> constants = new ArrayList<>();
    request.datasets().stream()
        .sorted(Comparator.comparing(Dataset::family).thenComparing(Dataset::split))
        .forEach(dataset -> constants.add(constant(dataset, rows(request, dataset), confidence)));
    return constants;
  }

  /** One evaluation's rows of the family and split: the gold answers are the same in all. */
  private static List<Row> rows(ReportRequest request, Dataset dataset) {
    for (Evaluation evaluation : request.evaluations()) {
      if (evaluation.split().equals(dataset.split())) {
        List<Row> rows =
            evaluation.rows().stream().filter(r -> r.family().equals(dataset.family())).toList();
        if (!rows.isEmpty()) {
          return rows;
        }
      }
    }
    return List.of();
  }

  private static Constant constant(Dataset dataset, List<Row> rows, double confidence) {
    String answer = dataset.mostFrequentAnswer();
    boolean fromTest = answer == null;
    if (answer == null) {
      answer = Yardsticks.mostFrequentAnswer(rows);
    }
    String constant = answer;
    int right = (int) rows.stream().filter(r -> r.goldAnswer().equals(constant)).count();
    return new Constant(
        dataset.family(),
        dataset.split(),
        dataset.count(),
        dataset.space(),
        constant,
        fromTest,
        rows.isEmpty() ? null : Summaries.rate(confidence, right, rows.size()),
        dataset.constantDescriptionScore(),
        dataset.constantDescriptionExact());
  }

  /** Items of the primary comparison; of the largest evaluation when it is missing. */
  private static int primaryItems(ReportRequest request) {
    ReportRequest.Comparing comparing = request.experiment().comparing();
    return request.evaluations().stream()
        .filter(
            e ->
                e.template().equals(comparing.template())
                    && e.mode().equals(comparing.mode())
                    && comparing.splits().contains(e.split()))
        .mapToInt(e -> e.rows().size())
        .max()
        .orElseGet(
            () -> request.evaluations().stream().mapToInt(e -> e.rows().size()).max().orElse(1));
  }
}
