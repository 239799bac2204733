package dev.sightline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.report.Report.Comparison;
import dev.sightline.report.Report.Metric;
import dev.sightline.report.Report.Summary;
import dev.sightline.report.ReportRequest.Evaluation;
import dev.sightline.report.SampleRequests.Shape;
import dev.sightline.statistics.PairedTests;
import dev.sightline.statistics.UnpairedException;
import dev.sightline.statistics.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportBuilderTest {
  private static final Shape ONE = new Shape(1, 60, null, true, true);

  private static Report report(Shape shape) {
    return ReportBuilder.build(SampleRequests.of(shape));
  }

  private static JsonNode json(Report report) throws IOException {
    return new ObjectMapper().readTree(JsonReport.write(report));
  }

  private static Comparison find(Report report, String arm, String against, Metric metric) {
    return report.comparisons().stream()
        .filter(
            c ->
                c.arm().equals(arm)
                    && c.against().equals(against)
                    && c.metric() == metric
                    && c.mode().equals("image"))
        .findFirst()
        .orElseThrow();
  }

  private static ReportRequest with(
      ReportRequest r, List<Evaluation> evaluations, Map<String, Object> provenance) {
    return new ReportRequest(
        r.experiment(),
        r.environment(),
        r.amendments(),
        r.seeds(),
        r.arms(),
        r.missing(),
        r.decisions(),
        r.blind(),
        r.datasets(),
        evaluations,
        r.training(),
        r.development(),
        r.failures(),
        provenance);
  }

  @Test
  void jsonHasTheKeysThatReadersRelyOn() throws IOException {
    JsonNode root = json(report(ONE));
    assertThat(keys(root))
        .containsExactly("amendments", "environment", "experiment", "provenance", "results");
    assertThat(keys(root.path("results")))
        .containsExactly(
            "arms",
            "baseline",
            "blindRewards",
            "comparisons",
            "conditionalOnRun",
            "confidence",
            "constants",
            "decisions",
            "decompositions",
            "delta",
            "development",
            "minimumDetectableEffect",
            "resamples",
            "seeds",
            "training");
    JsonNode arm = root.path("results").path("arms").path(0);
    assertThat(keys(arm))
        .contains("arm", "seed", "checkpoint", "stateDigest", "lineage", "evaluations");
    assertThat(keys(arm.path("evaluations").path(0)))
        .contains(
            "template",
            "mode",
            "split",
            "n",
            "accuracy",
            "accuracyInterval",
            "accuracyLenient",
            "perception",
            "perceptionInterval",
            "perceptionQuestions",
            "selfConsistency",
            "selfConsistencyBounds",
            "selfConsistencyByChance",
            "descriptions",
            "truncated",
            "byPerception");
    assertThat(keys(root.path("results").path("comparisons").path(0)))
        .contains("mcnemar", "mcnemarBySeed", "itemSignFlip", "seedTest", "adjustedP", "verdict");
    assertThat(root.path("experiment").path("note").asText()).isEqualTo("mechanism demonstration");
  }

  /** 39 of the 40 steps have advantages; tied are 16 + 39 x 4 of 640 groups. */
  @Test
  void showsWhatTheAdvantagesComeFrom() throws IOException {
    Report report = report(ONE);
    Table table = SignalTables.terms(report.request());
    assertThat(table.rows())
        .contains(
            List.of("only_accuracy", "accuracy", "75.0", "18.8", "31.3", "0.0", "50.0"),
            List.of("only_accuracy", "several terms together", "25.0", "–", "–", "–", "–"),
            List.of("only_accuracy", "the whole", "–", "–", "–", "26.9", "73.1"));
    assertThat(HtmlReport.write(report)).contains("What the advantages come from");
    JsonNode steps = new ObjectMapper().readTree(JsonReport.write(report)).path("results");
    steps = steps.path("training").path(0).path("steps");
    assertThat(steps.path(0).path("signal").path("skipped").asBoolean()).isTrue();
    JsonNode signal = steps.path(1).path("signal");
    assertThat(signal.path("several").asDouble()).isEqualTo(0.25);
    assertThat(signal.path("degenerate").asInt()).isEqualTo(4);
    assertThat(signal.path("answers").path("mixed").asInt()).isEqualTo(8);
    assertThat(signal.path("terms").path("accuracy").path("alone").asDouble()).isEqualTo(0.75);
    assertThat(signal.path("terms").path("accuracy").path("tied").asInt()).isZero();
  }

  /** One step of each curve sampled 8 groups again; its reward is that of the draws trained on. */
  @Test
  void showsWhatWasSampledAgainAndWhichArmIsAControl() throws IOException {
    Report report = report(ONE);
    Table table = SignalTables.resampled(report.request());
    assertThat(table.rows()).hasSize(3);
    assertThat(table.rows().getFirst().subList(0, 6))
        .containsExactly("only_accuracy", "1", "6", "8", "2", "0.250");
    String page = HtmlReport.write(report);
    assertThat(page).contains("Groups sampled again").contains("control: 20 supervised steps");
    JsonNode results = new ObjectMapper().readTree(JsonReport.write(report)).path("results");
    JsonNode signal = results.path("training").path(0).path("steps").path(2).path("signal");
    assertThat(signal.path("resampled").path("rescued").asInt()).isEqualTo(2);
  }

  private static TreeSet<String> keys(JsonNode node) {
    TreeSet<String> keys = new TreeSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  @Test
  void theOrderOfTheInputChangesNoByte() {
    ReportRequest request = SampleRequests.of(new Shape(5, 40, null, true, true));
    List<Evaluation> shuffled = new ArrayList<>();
    for (Evaluation e : request.evaluations()) {
      List<ReportRequest.Row> rows = new ArrayList<>(e.rows());
      Collections.shuffle(rows, new Random(3));
      shuffled.add(
          new Evaluation(
              e.arm(),
              e.seed(),
              e.checkpoint(),
              e.lineage(),
              e.stateDigest(),
              e.template(),
              e.mode(),
              e.split(),
              rows));
    }
    Collections.shuffle(shuffled, new Random(4));
    Report first = ReportBuilder.build(request);
    Report second = ReportBuilder.build(with(request, shuffled, request.provenance()));
    assertThat(JsonReport.write(second)).isEqualTo(JsonReport.write(first));
    assertThat(HtmlReport.write(second)).isEqualTo(HtmlReport.write(first));
  }

  @Test
  void provenanceDoesNotReachResults() {
    ReportRequest request = SampleRequests.of(ONE);
    Report other =
        ReportBuilder.build(
            with(request, request.evaluations(), Map.of("startedAt", "later", "host", "other")));
    assertThat(JsonReport.results(other))
        .isEqualTo(JsonReport.results(ReportBuilder.build(request)));
    assertThat(JsonReport.write(other)).isNotEqualTo(JsonReport.write(report(ONE)));
  }

  @Test
  void oneSeedIsConditionalOnItsRun() {
    Report report = report(ONE);
    Comparison p = find(report, "perception_facts", "only_accuracy", Metric.PERCEPTION);
    assertThat(p.verdict()).isEqualTo(new Verdict.ConditionalOnRun());
    assertThat(p.studentT()).isNull();
    assertThat(p.mcNemar()).isEqualTo(p.p());
    assertThat(p.words()).isEqualTo("keeps more perception (conditional on this run)");
    assertThat(TextReport.write(report)).contains("conditional on this run", "Mechanism demo");
    assertThat(report.comparisons().getFirst().primary()).isTrue();
  }

  @Test
  void plannedContrastsAreThePrimaryFamily() {
    ReportRequest request = SampleRequests.of(ONE);
    ReportRequest.Comparing before = request.experiment().comparing();
    List<ReportRequest.Contrast> contrasts =
        List.of(
            new ReportRequest.Contrast("perception_facts", "format_accuracy"),
            new ReportRequest.Contrast("only_accuracy", ReportRequest.BASELINE));
    ReportRequest.Experiment about = request.experiment();
    Report report =
        ReportBuilder.build(
            new ReportRequest(
                new ReportRequest.Experiment(
                    about.id(),
                    about.name(),
                    about.title(),
                    about.digest(),
                    about.spec(),
                    about.mechanismDemonstration(),
                    new ReportRequest.Comparing(
                        before.referenceArm(),
                        before.template(),
                        before.mode(),
                        before.splits(),
                        before.delta(),
                        before.confidence(),
                        before.resamples(),
                        before.bootstrapSeed(),
                        contrasts)),
                request.environment(),
                request.amendments(),
                request.seeds(),
                request.arms(),
                request.missing(),
                request.decisions(),
                request.blind(),
                request.datasets(),
                request.evaluations(),
                request.training(),
                request.development(),
                request.failures(),
                request.provenance()));

    assertThat(report.comparisons().stream().filter(Comparison::primary))
        .extracting(c -> new ReportRequest.Contrast(c.arm(), c.against()))
        .containsExactlyInAnyOrderElementsOf(contrasts);
  }

  @Test
  void mcNemarCountsThePairs() {
    ReportRequest request = SampleRequests.of(ONE);
    Report report = ReportBuilder.build(request);
    int[] counts = new int[2];
    List<ReportRequest.Row> arm = rows(request, "perception_facts");
    List<ReportRequest.Row> start = rows(request, ReportRequest.BASELINE);
    for (int i = 0; i < arm.size(); i++) {
      if (arm.get(i).strictCorrect() != start.get(i).strictCorrect()) {
        counts[arm.get(i).strictCorrect() ? 0 : 1]++;
      }
    }
    Comparison a = find(report, "perception_facts", ReportRequest.BASELINE, Metric.ACCURACY);
    assertThat(a.mcNemar()).isEqualTo(PairedTests.mcNemar(counts[0], counts[1]));
    assertThat(a.difference()).isCloseTo((counts[0] - counts[1]) / 60.0, within(1e-12));
  }

  private static List<ReportRequest.Row> rows(ReportRequest request, String arm) {
    return request.evaluations().stream()
        .filter(e -> e.arm().equals(arm) && e.mode().equals("image"))
        .findFirst()
        .orElseThrow()
        .rows();
  }

  @Test
  void twoSeedsGiveNoVerdict() {
    Comparison a =
        find(
            report(new Shape(2, 60, null, true, true)),
            "perception_facts",
            "only_accuracy",
            Metric.PERCEPTION);
    assertThat(a.verdict()).isEqualTo(new Verdict.NoVerdict(2));
    assertThat(a.mcNemar()).isNull();
    assertThat(a.mcNemarBySeed()).hasSize(2);
    assertThat(a.itemSignFlip()).isNotNull().isEqualTo(a.p());
    assertThat(a.studentT()).isNotNull();
    assertThat(a.words()).endsWith("(2 seeds: no verdict on designs)");
  }

  /** The same arms, of which one lost its last seed: five measured seeds of six name no winner. */
  @Test
  void aComparisonWithoutAPlannedSeedNamesNoWinner() {
    ReportRequest whole = SampleRequests.of(new Shape(6, 60, null, true, true));
    List<Evaluation> rest =
        whole.evaluations().stream()
            .filter(e -> !(e.arm().equals("perception_facts") && Long.valueOf(5).equals(e.seed())))
            .toList();
    Comparison a =
        find(
            ReportBuilder.build(with(whole, rest, whole.provenance())),
            "perception_facts",
            ReportRequest.BASELINE,
            Metric.PERCEPTION);
    assertThat(a.seeds()).hasSize(5);
    assertThat(a.verdict()).isEqualTo(new Verdict.Incomplete(5, 6));
    assertThat(a.words()).endsWith("(5 of 6 planned seeds: no verdict on designs)");
  }

  @Test
  void fiveSeedsGiveAVerdict() {
    Report report = report(new Shape(5, 60, null, true, true));
    Comparison p = find(report, "perception_facts", ReportRequest.BASELINE, Metric.PERCEPTION);
    assertThat(p.verdict()).isInstanceOf(Verdict.Better.class);
    assertThat(p.words()).isEqualTo("gains perception");
    assertThat(find(report, "only_accuracy", ReportRequest.BASELINE, Metric.PERCEPTION).words())
        .isEqualTo("loses perception");
    assertThat(report.power().smallestSignFlip()).isEqualTo(0.0625);
  }

  @Test
  void perceptionIsNotLostWithoutItsQuestions() {
    ReportRequest request = SampleRequests.of(new Shape(1, 60, null, true, true));
    List<Evaluation> unasked =
        request.evaluations().stream()
            .map(
                e ->
                    new Evaluation(
                        e.arm(),
                        e.seed(),
                        e.checkpoint(),
                        e.lineage(),
                        e.stateDigest(),
                        e.template(),
                        e.mode(),
                        e.split(),
                        e.rows().stream().map(ReportBuilderTest::withoutQuestion).toList()))
            .toList();
    Report report = ReportBuilder.build(with(request, unasked, Map.of()));
    assertThat(find(report, "only_accuracy", ReportRequest.BASELINE, Metric.PERCEPTION).words())
        .startsWith("describes worse; seeing not shown to change");
  }

  private static ReportRequest.Row withoutQuestion(ReportRequest.Row r) {
    return new ReportRequest.Row(
        r.item(),
        r.cluster(),
        r.family(),
        r.level(),
        r.questionKind(),
        r.goldAnswer(),
        r.answer(),
        r.describedAnswer(),
        r.strictCorrect(),
        r.lenientCorrect(),
        r.description(),
        r.perceived(),
        r.copyFidelity(),
        null,
        r.selfConsistent(),
        r.consistentByChance(),
        r.truncated(),
        r.factsScore(),
        r.otherPerceived(),
        r.otherCorrect());
  }

  @Test
  void aSkippedArmStaysInTheCount() throws IOException {
    Report report = report(new Shape(1, 60, "format_accuracy", true, true));
    Comparison a = find(report, "perception_facts", "only_accuracy", Metric.ACCURACY);
    Double p = a.p();
    assertThat(p).isNotNull();
    assertThat(a.adjusted()).isCloseTo(Math.min(1, 2 * p), within(1e-12));
    JsonNode arms = json(report).path("results").path("arms");
    assertThat(arms.path(1).path("missing").path("reason").asText()).isEqualTo("SKIPPED");
    assertThat(TextReport.write(report)).contains("format_accuracy/0", "skipped: by the operator");
    assertThat(HtmlReport.write(report)).contains("skipped: by the operator");
  }

  @Test
  void withoutAStartOnlyTheReferenceIsCompared() {
    Report report = report(new Shape(1, 40, null, false, true));
    assertThat(report.comparisons()).isNotEmpty();
    assertThat(report.comparisons()).noneMatch(c -> c.against().equals(ReportRequest.BASELINE));
    assertThat(HtmlReport.write(report)).contains("The start was not evaluated");
  }

  @Test
  void withoutPerceptionEveryWriterStillWrites() throws IOException {
    Report report = report(new Shape(2, 40, null, true, false));
    JsonNode evaluation =
        json(report).path("results").path("arms").path(0).path("evaluations").path(0);
    assertThat(evaluation.path("perception").isNull()).isTrue();
    assertThat(evaluation.path("selfConsistency").isNull()).isTrue();
    assertThat(evaluation.path("selfConsistencyCoverage").asDouble()).isZero();
    assertThat(report.comparisons()).allMatch(c -> c.metric() == Metric.ACCURACY);
    assertThat(HtmlReport.write(report)).doesNotContain("NaN");
    assertThat(MarkdownReport.write(report)).contains("| start |");
  }

  @Test
  void missingItemsAreNamed() {
    ReportRequest request = SampleRequests.of(ONE);
    List<Evaluation> cut = new ArrayList<>(request.evaluations());
    Evaluation e = cut.getLast();
    cut.set(
        cut.size() - 1,
        new Evaluation(
            e.arm(),
            e.seed(),
            e.checkpoint(),
            e.lineage(),
            e.stateDigest(),
            e.template(),
            e.mode(),
            e.split(),
            e.rows().subList(1, 60)));
    assertThatThrownBy(() -> ReportBuilder.build(with(request, cut, Map.of())))
        .isInstanceOf(UnpairedException.class)
        .hasMessageContaining("(rotting_kiwi/10000, seed 0) is missing");
  }

  @Test
  void twoCheckpointsOfOneRunAreRefused() {
    ReportRequest request = SampleRequests.of(ONE);
    List<Evaluation> twice = new ArrayList<>(request.evaluations());
    twice.add(twice.getLast());
    assertThatThrownBy(() -> ReportBuilder.build(with(request, twice, Map.of())))
        .hasMessageContaining("two evaluations of perception_facts seed 0");
  }

  @Test
  void summaryAgreesWithItsRows() {
    ReportRequest request = SampleRequests.of(ONE);
    Report report = ReportBuilder.build(request);
    Summary start =
        report.baseline().stream().filter(s -> s.mode().equals("image")).findFirst().orElseThrow();
    List<ReportRequest.Row> rows = rows(request, ReportRequest.BASELINE);
    long seen = rows.stream().filter(r -> Boolean.TRUE.equals(r.perceived())).count();
    assertThat(start.measures().perception()).isNotNull();
    assertThat(start.measures().wrongScene() + start.measures().noScene())
        .isEqualTo((int) (60 - seen));
    assertThat(start.measures().descriptions().values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(60);
    assertThat(start.measures().normalizedFacts())
        .isCloseTo(((seen + 0.5 * (60 - seen)) / 60 - 0.41) / 0.59, within(1e-12));
    assertThat(start.measures().selfConsistency().byChance())
        .isCloseTo(
            rows.stream()
                .map(ReportRequest.Row::consistentByChance)
                .filter(rate -> rate != null)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow(),
            within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void textFitsATerminal(int seeds) {
    String text = TextReport.write(report(new Shape(seeds, 60, "format_accuracy", true, true)));
    assertThat(Arrays.asList(text.split("\n", -1))).allMatch(line -> line.length() <= 100);
  }

  /** Leaves the pages under target/, for a look at them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void htmlStandsAlone(int seeds) throws IOException {
    Report report =
        report(new Shape(seeds, 256, seeds == 1 ? null : "format_accuracy", true, true));
    String html = HtmlReport.write(report);
    assertThat(html).doesNotContainPattern("(?i)(src|href)\\s*=|url\\(|@import|<script");
    assertThat(html).contains("<caption>", "role=\"img\"", "prefers-color-scheme: dark");
    Path folder = Files.createDirectories(Path.of("target", "report-sample"));
    Files.writeString(folder.resolve("report-" + seeds + ".html"), html);
    Files.writeString(folder.resolve("report-" + seeds + ".txt"), TextReport.write(report));
    Files.writeString(folder.resolve("report-" + seeds + ".md"), MarkdownReport.write(report));
  }
}
