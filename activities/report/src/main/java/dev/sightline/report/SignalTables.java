package dev.sightline.report;

import dev.sightline.report.ReportRequest.Groups;
import dev.sightline.report.ReportRequest.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What training had to learn from. */
final class SignalTables {
  private SignalTables() {}

  /** A row for each arm and term, over all seeds and steps. */
  static Table terms(ReportRequest request) {
    List<List<String>> rows = new ArrayList<>();
    for (ReportRequest.Arm arm : request.arms()) {
      List<Signal> signals =
          request.training().stream()
              .filter(curve -> curve.arm().equals(arm.name()))
              .sorted(Comparator.comparing(ReportRequest.TrainingCurve::seed))
              .flatMap(curve -> curve.steps().stream())
              .map(ReportRequest.TrainingStep::signal)
              .filter(Objects::nonNull)
              .toList();
      if (!signals.isEmpty()) {
        rows.addAll(rows(arm.name(), signals));
      }
    }
    return new Table(
        "What the advantages come from, percent.",
        List.of("arm", "reward", "alone", "all wrong", "all right", "tied", "mixed"),
        2,
        rows,
        "Alone: the share of the advantages' sum of squares from groups in which only this term"
            + " varies, mean over the steps that have advantages. The others: groups in which every"
            + " completion has 0 of the term, every one has 1, all have the same other value, or"
            + " they differ. A group whose whole reward is tied teaches nothing.");
  }

  /** A row for each arm that sampled tied groups again, over all seeds and steps. */
  static Table resampled(ReportRequest request) {
    List<List<String>> rows = new ArrayList<>();
    for (ReportRequest.Arm arm : request.arms()) {
      double first = 0;
      double kept = 0;
      int tied = 0;
      int drawn = 0;
      int rescued = 0;
      int steps = 0;
      for (ReportRequest.TrainingCurve curve : request.training()) {
        for (ReportRequest.TrainingStep step : curve.steps()) {
          Signal signal = step.signal();
          if (curve.arm().equals(arm.name())
              && signal != null
              && signal.resampled() != null
              && step.reward() != null) {
            steps++;
            first += signal.resampled().firstReward();
            kept += step.reward();
            tied += signal.resampled().firstDegenerate();
            drawn += signal.resampled().drawn();
            rescued += signal.resampled().rescued();
          }
        }
      }
      if (steps > 0) {
        rows.add(
            List.of(
                arm.name(),
                Integer.toString(steps),
                Integer.toString(tied),
                Integer.toString(drawn),
                Integer.toString(rescued),
                Format.number(first / steps),
                Format.number(kept / steps)));
      }
    }
    return new Table(
        "Groups sampled again.",
        List.of("arm", "steps", "tied at first", "drawn", "rescued", "first reward", "reward"),
        1,
        rows,
        "In steps that sampled tied groups again: groups that were tied at first, groups drawn"
            + " besides, and groups that differ in the end and did not at first. A later draw takes"
            + " the place of the one before, whatever it is. The first reward is what the policy"
            + " earns; the reward is that of the draws trained on, which were chosen.");
  }

  private static List<List<String>> rows(String arm, List<Signal> signals) {
    Set<String> terms = new LinkedHashSet<>();
    signals.forEach(signal -> terms.addAll(signal.byTerm().keySet()));
    List<List<String>> rows = new ArrayList<>();
    for (String term : terms) {
      List<Groups> groups =
          signals.stream()
              .map(signal -> signal.byTerm().get(term))
              .filter(Objects::nonNull)
              .toList();
      rows.add(
          List.of(
              arm,
              term,
              Format.percent(share(signals, signal -> signal.alone().getOrDefault(term, 0.0))),
              part(groups, Groups::allWrong),
              part(groups, Groups::allRight),
              part(groups, Groups::tied),
              part(groups, Groups::mixed)));
    }
    int all = signals.stream().mapToInt(signal -> signal.answers().all()).sum();
    int tied = signals.stream().mapToInt(Signal::degenerate).sum();
    rows.add(
        List.of(
            arm,
            "several terms together",
            Format.percent(share(signals, Signal::several)),
            Format.NONE,
            Format.NONE,
            Format.NONE,
            Format.NONE));
    rows.add(
        List.of(
            arm,
            "the whole",
            Format.NONE,
            Format.NONE,
            Format.NONE,
            Format.percent(fraction(tied, all)),
            Format.percent(fraction(all - tied, all))));
    return rows;
  }

  /** Mean over the steps that have advantages: there the shares add up to 1. */
  private static @Nullable Double share(List<Signal> signals, ToDoubleFunction<Signal> share) {
    double sum = 0;
    int steps = 0;
    for (Signal signal : signals) {
      if (signal.several() > 0 || signal.alone().values().stream().anyMatch(s -> s > 0)) {
        sum += share.applyAsDouble(signal);
        steps++;
      }
    }
    return steps == 0 ? null : (Double) (sum / steps);
  }

  private static String part(List<Groups> groups, ToIntFunction<Groups> count) {
    return Format.percent(
        fraction(
            groups.stream().mapToInt(count).sum(), groups.stream().mapToInt(Groups::all).sum()));
  }

  private static @Nullable Double fraction(int part, int whole) {
    return whole == 0 ? null : (Double) ((double) part / whole);
  }
}
