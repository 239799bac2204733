package dev.sightline.report;

import dev.sightline.report.Report.Baselines;
import dev.sightline.report.ReportRequest.Dataset;
import dev.sightline.report.ReportRequest.Kind;
import dev.sightline.report.ReportRequest.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What stands beside every row: how far one gets without looking, or without a policy. */
final class Yardsticks {
  private Yardsticks() {}

  /** The facts about a family's items; null when none were handed in. */
  static @Nullable Dataset dataset(ReportRequest request, String family, String split) {
    for (Dataset dataset : request.datasets()) {
      if (dataset.family().equals(family) && dataset.split().equals(split)) {
        return dataset;
      }
    }
    return null;
  }

  /** The most frequent right answer; ties go to the first in text order. */
  static String mostFrequentAnswer(List<Row> rows) {
    Map<String, Integer> counts = new TreeMap<>();
    rows.forEach(row -> counts.merge(row.goldAnswer(), 1, Integer::sum));
    String best = "";
    int most = 0;
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      if (entry.getValue() > most) {
        most = entry.getValue();
        best = entry.getKey();
      }
    }
    return best;
  }

  /**
   * @param rows at least one; where training data say nothing of a family or kind these items serve
   *     instead, which flatters the yardstick
   * @param unseen the same items on blank pictures; empty when not asked
   */
  static Baselines of(ReportRequest request, String split, List<Row> rows, List<Row> unseen) {
    Map<String, List<Row>> families = new TreeMap<>();
    Map<String, List<Row>> kinds = new TreeMap<>();
    for (Row row : rows) {
      families.computeIfAbsent(row.family(), f -> new ArrayList<>()).add(row);
      kinds
          .computeIfAbsent(row.family() + "\n" + row.questionKind(), k -> new ArrayList<>())
          .add(row);
    }
    int constant = 0;
    for (List<Row> members : families.values()) {
      Dataset dataset = dataset(request, members.getFirst().family(), split);
      String answer = dataset == null ? null : dataset.mostFrequentAnswer();
      constant += right(members, answer == null ? mostFrequentAnswer(members) : answer);
    }
    int majority = 0;
    double chance = 0;
    for (List<Row> members : kinds.values()) {
      Row any = members.getFirst();
      Kind kind = kind(dataset(request, any.family(), split), any.questionKind());
      majority +=
          right(members, kind == null ? mostFrequentAnswer(members) : kind.mostFrequentAnswer());
      long answers =
          kind == null ? members.stream().map(Row::goldAnswer).distinct().count() : kind.answers();
      chance += (double) members.size() / answers;
    }
    double confidence = request.experiment().comparing().confidence();
    return new Baselines(
        (double) constant / rows.size(),
        (double) majority / rows.size(),
        chance / rows.size(),
        unseen.isEmpty() ? null : Summaries.accuracy(confidence, unseen),
        Summaries.trueRate(
            confidence, unseen.stream().map(Row::perceived).filter(seen -> seen != null).toList()));
  }

  private static int right(List<Row> rows, String answer) {
    return (int) rows.stream().filter(row -> row.goldAnswer().equals(answer)).count();
  }

  private static @Nullable Kind kind(@Nullable Dataset dataset, String name) {
    return dataset == null
        ? null
        : dataset.kinds().stream().filter(k -> k.kind().equals(name)).findFirst().orElse(null);
  }
}
