package dev.sightline.report;

import dev.sightline.report.Interruptions.Lost;
import dev.sightline.report.Interruptions.Round;
import dev.sightline.report.Interruptions.Run;
import dev.sightline.statistics.RankSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Interrupted rounds, and whether what was lost was longer than what took its place. */
final class InterruptionTables {
  /** Below so many values in each sample the rank sum test is not worth a word. */
  private static final int ENOUGH = 20;

  private InterruptionTables() {}

  /** A row for each run that was interrupted; none when no run was. */
  static Table runs(Report report) {
    List<List<String>> rows = new ArrayList<>();
    for (Run run : sorted(report.interruptions())) {
      if (run.interrupted().isEmpty() && run.lost().isEmpty()) {
        continue;
      }
      rows.add(
          List.of(
              run.arm(),
              Long.toString(run.seed()),
              Integer.toString(run.rounds()),
              Integer.toString(run.interrupted().size()),
              Integer.toString(
                  run.interrupted().stream().mapToInt(Round::attempts).max().orElse(1)),
              sum(run, Round::restarts),
              sum(run, Round::returns),
              Long.toString(run.interrupted().stream().filter(r -> r.branch() > 0).count()),
              Integer.toString(run.lost().size())));
    }
    return new Table(
        "Rounds that did not go through at once.",
        List.of(
            "arm",
            "seed",
            "rounds",
            "interrupted",
            "attempts",
            "restarts",
            "returns",
            "begun anew",
            "lost draws"),
        1,
        rows,
        "Attempts: the most that one effect took. Restarts: another incarnation of a policy server"
            + " went on. Returns: the policy was brought back to where the run stood. Begun anew: an"
            + " operator reset it. Leaving interrupted rounds out takes their steps out of the"
            + " training tables and curves, and the points on dev at their ends; final evaluations"
            + " are of whole runs, so differences and verdicts stay as they are.");
  }

  private static String sum(Run run, ToIntFunction<Round> count) {
    return Integer.toString(run.interrupted().stream().mapToInt(count).sum());
  }

  private static List<Run> sorted(Interruptions interruptions) {
    return interruptions.runs().stream()
        .sorted(Comparator.comparing(Run::arm).thenComparing(Run::seed))
        .toList();
  }

  /**
   * Lengths of lost completions beside those in their place.
   *
   * @param completions lost ones that were asked for
   * @param unknown of them, nothing to compare: nobody looked, or nothing took their place
   * @param growing compared ones that were not over when they were last seen
   * @param equal compared ones that are as long as the one in their place
   * @param lost compared lengths, ascending
   * @param replacements theirs, ascending
   * @param test null where nothing can be compared
   */
  record Lengths(
      int completions,
      int unknown,
      int growing,
      int equal,
      double[] lost,
      double[] replacements,
      @Nullable RankSum test) {
    static Lengths of(List<Lost> draws) {
      List<Lost.Pair> pairs = draws.stream().flatMap(draw -> draw.pairs().stream()).toList();
      double[] lost = pairs.stream().mapToDouble(Lost.Pair::lost).sorted().toArray();
      double[] replacements = pairs.stream().mapToDouble(Lost.Pair::replacement).sorted().toArray();
      int completions = draws.stream().mapToInt(Lost::samples).sum();
      return new Lengths(
          completions,
          completions - pairs.size(),
          draws.stream()
              .filter(draw -> !draw.pairs().isEmpty())
              .mapToInt(
                  draw ->
                      (int) draw.growing().stream().filter(i -> draw.lengths().get(i) > 0).count())
              .sum(),
          (int) pairs.stream().filter(pair -> pair.lost() == pair.replacement()).count(),
          lost,
          replacements,
          pairs.isEmpty() ? null : RankSum.of(lost, replacements));
    }

    /** What may be said of it. */
    String words() {
      if (completions == 0) {
        return "no completion was lost";
      }
      RankSum found = test;
      if (found == null) {
        return "the lengths of all %d lost completions are unknown: whether recovery favours short ones cannot be said"
            .formatted(completions);
      }
      String known =
          "%d of %d lost completions are compared with those in their place (%d cut at where they were last seen), %d are unknown; %d are equally long"
              .formatted(lost.length, completions, growing, unknown, equal);
      if (equal == lost.length) {
        return known + ": as far as it was seen, the same was drawn again";
      }
      if (lost.length < ENOUGH) {
        return known + "; these are too few for a test";
      }
      return known
          + "; a lost one is longer with chance %s, rank sum test p = %s"
              .formatted(
                  String.format(Locale.ROOT, "%.2f", found.larger()), Format.pValue(found.p()));
    }
  }

  /** Two rows for each arm that lost completions whose lengths are known. */
  static Table lengths(Report report) {
    Map<String, List<Lost>> byArm = new TreeMap<>();
    sorted(report.interruptions())
        .forEach(
            run -> byArm.computeIfAbsent(run.arm(), arm -> new ArrayList<>()).addAll(run.lost()));
    List<List<String>> rows = new ArrayList<>();
    byArm.forEach(
        (arm, draws) -> {
          if (draws.isEmpty()) {
            return;
          }
          Lengths lengths = Lengths.of(draws);
          rows.add(row(arm, "lost", lengths.lost(), Integer.toString(lengths.unknown())));
          rows.add(row(arm, "in their place", lengths.replacements(), Format.NONE));
        });
    return new Table(
        "Lengths of lost completions and of those in their place, tokens.",
        List.of(
            "arm", "completions", "compared", "unknown", "mean", "10 %", "50 %", "90 %", "most"),
        2,
        rows,
        "All arms: "
            + Lengths.of(report.interruptions().lost()).words()
            + ". Both are cut at where the lost one was last seen, for of a draw that was cut off"
            + " the short ones are over first. A draw that is begun again has the same seeds, so"
            + " the two samples are not independent and the test is careful. Groups that were"
            + " sampled again by the plan are no loss and are told of under training.");
  }

  private static List<String> row(String arm, String which, double[] sorted, String unknown) {
    return List.of(
        arm,
        which,
        Integer.toString(sorted.length),
        unknown,
        sorted.length == 0
            ? Format.NONE
            : Format.number((Double) Arrays.stream(sorted).average().orElseThrow()),
        quantile(sorted, 0.1),
        quantile(sorted, 0.5),
        quantile(sorted, 0.9),
        quantile(sorted, 1));
  }

  /** The smallest value that at least this share does not exceed. */
  private static String quantile(double[] sorted, double share) {
    return sorted.length == 0
        ? Format.NONE
        : Integer.toString((int) sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)]);
  }
}
