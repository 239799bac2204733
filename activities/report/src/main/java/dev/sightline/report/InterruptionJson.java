package dev.sightline.report;

import static dev.sightline.report.JsonReport.object;

import dev.sightline.report.Interruptions.Lost;
import dev.sightline.report.Interruptions.Round;
import dev.sightline.report.Interruptions.Run;
import dev.sightline.statistics.RankSum;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code provenance.interruptions}. */
final class InterruptionJson {
  private InterruptionJson() {}

  static Map<String, @Nullable Object> of(Interruptions interruptions) {
    InterruptionTables.Lengths lengths = InterruptionTables.Lengths.of(interruptions.lost());
    RankSum test = lengths.test();
    return object(
        "leftOut", interruptions.leftOut(),
        "runs",
            interruptions.runs().stream()
                .sorted(Comparator.comparing(Run::arm).thenComparing(Run::seed))
                .map(InterruptionJson::run)
                .toList(),
        "lengths",
            object(
                "completions", lengths.completions(),
                "compared", lengths.lost().length,
                "unknown", lengths.unknown(),
                "growing", lengths.growing(),
                "equal", lengths.equal(),
                "lostLonger", test == null ? null : (Double) test.larger(),
                "p", test == null ? null : (Double) test.p(),
                "words", lengths.words()));
  }

  private static Map<String, @Nullable Object> run(Run run) {
    return object(
        "arm", run.arm(),
        "seed", run.seed(),
        "rounds", run.rounds(),
        "interrupted", run.interrupted().stream().map(InterruptionJson::round).toList(),
        "lost", run.lost().stream().map(InterruptionJson::lost).toList());
  }

  private static Map<String, @Nullable Object> round(Round round) {
    return object(
        "round", round.round(),
        "firstStep", round.firstStep(),
        "lastStep", round.lastStep(),
        "attempts", round.attempts(),
        "restarts", round.restarts(),
        "returns", round.returns(),
        "lostDraws", round.lostDraws(),
        "branch", round.branch());
  }

  private static Map<String, @Nullable Object> lost(Lost lost) {
    return object(
        "step", lost.step(),
        "why", Format.lower(lost.why()),
        "samples", lost.samples(),
        "lengths", lost.lengths(),
        "growing", lost.growing(),
        "replacement", lost.replacement());
  }
}
