package dev.sightline.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.report.Interruptions.Lost;
import dev.sightline.report.Interruptions.Round;
import dev.sightline.report.Interruptions.Run;
import dev.sightline.report.Interruptions.Why;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InterruptionsTest {
  private static final ReportRequest REQUEST =
      SampleRequests.of(new SampleRequests.Shape(1, 40, null, true, true));

  private static final Lost CUT_OFF =
      new Lost(2, Why.DRAWN_AGAIN, 4, List.of(3, 5, 5, 0), List.of(1, 2, 3), List.of(3, 9, 5, 4));

  private static Interruptions disturbed(Lost... lost) {
    return new Interruptions(
        List.of(
            new Run(
                "only_accuracy",
                0,
                4,
                List.of(new Round(1, 11, 20, 3, 1, 2, lost.length, 0)),
                List.of(lost)),
            new Run("perception_facts", 0, 4, List.of(), List.of())),
        false);
  }

  private static JsonNode told(Interruptions interruptions) throws IOException {
    return new ObjectMapper()
        .readTree(JsonReport.write(ReportBuilder.build(REQUEST, interruptions)))
        .path("provenance")
        .path("interruptions");
  }

  @Test
  void resultsDoNotDependOnThem() {
    assertThat(JsonReport.results(ReportBuilder.build(REQUEST, disturbed(CUT_OFF))))
        .isEqualTo(JsonReport.results(ReportBuilder.build(REQUEST)));
  }

  @Test
  void interruptedRunsAreInEveryReport() {
    Report report = ReportBuilder.build(REQUEST, disturbed(CUT_OFF));
    assertThat(HtmlReport.write(report)).contains("<h2>Interruptions</h2>", "lost draws");
    assertThat(MarkdownReport.write(report))
        .contains("| only\\_accuracy | 0 | 4 | 1 | 3 | 1 | 2 | 0 | 1 |");
    assertThat(TextReport.write(report)).contains("Rounds that did not go through at once.");
    assertThat(MarkdownReport.write(ReportBuilder.build(REQUEST, disturbed())))
        .doesNotContain("Lengths of lost completions");
    assertThat(HtmlReport.write(ReportBuilder.build(REQUEST))).doesNotContain("Interruptions");
  }

  @Test
  void completionsAreComparedUpToWhereTheLostOnesWereSeen() throws IOException {
    assertThat(CUT_OFF.pairs())
        .as("9 is cut at 5; the last had not begun")
        .containsExactly(new Lost.Pair(3, 3), new Lost.Pair(5, 5), new Lost.Pair(5, 5));
    Lost longer = new Lost(3, Why.DRAWN_AGAIN, 2, List.of(3, 6), List.of(1), List.of(9, 4));
    assertThat(longer.pairs())
        .as("of 9 it is known that it is longer than 3, and no more: the lost ones were seen to 6")
        .containsExactly(new Lost.Pair(3, 6), new Lost.Pair(6, 4));

    JsonNode lengths = told(disturbed(CUT_OFF)).path("lengths");
    assertThat(lengths.path("completions").asInt()).isEqualTo(4);
    assertThat(lengths.path("compared").asInt()).isEqualTo(3);
    assertThat(lengths.path("unknown").asInt()).isEqualTo(1);
    assertThat(lengths.path("growing").asInt()).isEqualTo(2);
    assertThat(lengths.path("words").asText()).endsWith("the same was drawn again");
  }

  @Test
  void saysWhereLengthsAreUnknownOrFew() throws IOException {
    Lost unseen = new Lost(2, Why.DRAWN_AGAIN, 8, List.of(), List.of(), List.of(1, 2));
    assertThat(told(disturbed(unseen)).path("lengths").path("words").asText())
        .contains("the lengths of all 8 lost completions are unknown", "cannot be said");
    Lost few = new Lost(2, Why.GIVEN_UP, 2, List.of(8, 9), List.of(), List.of(1, 2));
    assertThat(told(disturbed(few)).path("lengths").path("words").asText())
        .contains("too few for a test");
    assertThat(told(Interruptions.NONE).path("lengths").path("words").asText())
        .isEqualTo("no completion was lost");
  }

  @Test
  void aRecoveryThatFavoursShortOnesIsFound() throws IOException {
    Lost favoured =
        new Lost(
            2,
            Why.DRAWN_AGAIN,
            40,
            IntStream.range(0, 40).mapToObj(i -> 20 + i).toList(),
            List.of(),
            Collections.nCopies(40, 15));
    JsonNode lengths = told(disturbed(favoured)).path("lengths");
    assertThat(lengths.path("lostLonger").asDouble()).isEqualTo(1);
    assertThat(lengths.path("p").asDouble()).isLessThan(1e-6);
    assertThat(lengths.path("words").asText()).contains("longer with chance 1.00", "p = <0.001");
  }

  @Test
  void withoutInterruptedRoundsOnlyCurvesAreShorter() throws IOException {
    Report whole = ReportBuilder.build(REQUEST, disturbed(CUT_OFF));
    Report without = whole.withoutInterrupted();

    JsonNode before = new ObjectMapper().readTree(JsonReport.write(whole));
    JsonNode after = new ObjectMapper().readTree(JsonReport.write(without));
    assertThat(after.path("provenance").path("interruptions").path("leftOut").asBoolean()).isTrue();
    for (String same : List.of("arms", "baseline", "comparisons", "decompositions", "constants")) {
      assertThat(after.path("results").path(same)).isEqualTo(before.path("results").path(same));
    }
    assertThat(steps(after, "only_accuracy")).hasSize(30).doesNotContain(11, 20).contains(10, 21);
    assertThat(steps(after, "perception_facts")).isEqualTo(steps(before, "perception_facts"));
    assertThat(
            without.request().development().stream()
                .filter(curve -> curve.arm().equals("only_accuracy"))
                .flatMap(curve -> curve.points().stream())
                .map(ReportRequest.DevelopmentPoint::step))
        .containsExactly(0, 10, 30, 40);
    assertThat(HtmlReport.write(without)).contains("Interrupted rounds are left out");
  }

  private static List<Integer> steps(JsonNode report, String arm) {
    for (JsonNode curve : report.path("results").path("training")) {
      if (curve.path("arm").asText().equals(arm)) {
        return curve.path("steps").findValues("step").stream().map(JsonNode::asInt).toList();
      }
    }
    throw new AssertionError("no curve of " + arm);
  }
}
