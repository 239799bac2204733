package dev.sightline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.report.Report.Comparison;
import dev.sightline.report.Report.Metric;
import dev.sightline.report.ReportRequest.Decisions;
import dev.sightline.report.ReportRequest.LookedAt;
import dev.sightline.report.ReportRequest.SeedLooks;
import dev.sightline.report.ReportRequest.TriedRate;
import dev.sightline.report.ReportRequest.TunedArm;
import dev.sightline.report.ReportRequest.Tuning;
import dev.sightline.statistics.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What was decided on the way, and what it does to the numbers. */
final class DecisionsTest {
  private static final List<Long> ALL = List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L);
  private static final List<Long> FIRST = ALL.subList(0, 5);

  private static ReportRequest with(Decisions decisions) {
    ReportRequest plain = SampleRequests.of(new SampleRequests.Shape(7, 40, null, true, true));
    return new ReportRequest(
        plain.experiment(),
        plain.environment(),
        plain.amendments(),
        plain.seeds(),
        plain.arms(),
        plain.missing(),
        decisions,
        List.of(new ReportRequest.BlindReward("only_accuracy", "rotting_kiwi", 0.41, 500)),
        plain.datasets(),
        plain.evaluations(),
        plain.training(),
        plain.development(),
        plain.failures(),
        plain.provenance());
  }

  private static Decisions looked() {
    return new Decisions(
        new Tuning(
            99,
            10,
            "accuracy",
            List.of(
                new TunedArm(
                    "only_accuracy",
                    List.of(new TriedRate(1e-4, 0.5), new TriedRate(1e-5, null)),
                    1e-4))),
        List.of(),
        new SeedLooks(
            6,
            3,
            1 - 0.05 / 6,
            null,
            Map.of("only_accuracy", ALL, "format_accuracy", ALL, "perception_facts", ALL),
            List.of(
                new LookedAt("format_accuracy", "only_accuracy", ALL, -0.1, 0.1, "no seeds left"),
                new LookedAt("perception_facts", "only_accuracy", FIRST, 0.1, 0.2, "better"))));
  }

  private static Comparison primary(Report report, String arm) {
    return report.comparisons().stream()
        .filter(c -> c.primary() && c.arm().equals(arm) && c.metric() == Metric.ACCURACY)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void intervalsHoldOverAllDeclaredLooksAndPValuesCountThem() {
    Comparison plain = primary(ReportBuilder.build(with(Decisions.NONE)), "format_accuracy");
    Comparison looked = primary(ReportBuilder.build(with(looked())), "format_accuracy");

    assertThat(looked.seeds()).isEqualTo(plain.seeds());
    assertThat(looked.difference()).isEqualTo(plain.difference());
    assertThat(Objects.requireNonNull(looked.studentT()).width())
        .isGreaterThan(1.3 * Objects.requireNonNull(plain.studentT()).width());
    assertThat(looked.p()).isEqualTo(plain.p());
    assertThat(Objects.requireNonNull(looked.adjusted()))
        .isGreaterThanOrEqualTo(Objects.requireNonNull(plain.adjusted()));
  }

  @Test
  void aContrastIsComparedOnTheSeedsAtWhichItsLooksEnded() {
    Comparison closed = primary(ReportBuilder.build(with(looked())), "perception_facts");

    assertThat(closed.seeds()).isEqualTo(FIRST);
    assertThat(closed.verdict()).isNotInstanceOf(Verdict.Incomplete.class);
  }

  @Test
  void allWritersTellWhatWasDecided() {
    Report report = ReportBuilder.build(with(looked()));

    for (String text : List.of(HtmlReport.write(report), MarkdownReport.write(report))) {
      assertThat(text)
          .contains("3 of 6 declared looks were used")
          .contains("99.17")
          .contains("no seeds left")
          .contains("Learning rates tried on dev")
          .contains("What each design pays for one text given to every item");
    }
    assertThat(TextReport.write(report)).contains("declared looks");
    Table tuning = DecisionTables.tuning(report);
    assertThat(tuning.rows())
        .containsExactly(
            List.of("only_accuracy", "chosen", "0.0001", "50.0"),
            List.of("only_accuracy", "skipped", "0.00001", Format.NONE));
    assertThat(DecisionTables.futility(report).rows()).isEmpty();
    assertThat(report.request().comparedAt()).isCloseTo(1 - 0.05 / 6, within(1e-12));
  }
}
