package dev.sightline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.report.Decomposition.ErrorSplit;
import dev.sightline.report.Decomposition.Estimate;
import dev.sightline.report.Decomposition.Part;
import dev.sightline.report.Report.Baselines;
import dev.sightline.report.Report.Measures;
import dev.sightline.report.Report.Slice;
import dev.sightline.report.Report.Summary;
import dev.sightline.report.ReportRequest.Evaluation;
import dev.sightline.report.ReportRequest.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every number again by loops over the rows. */
class DecompositionTest {
  private static final Offset<Double> NEAR = within(1e-9);
  private final ReportRequest request = DecompositionSamples.of(2, 30, DecompositionSamples.MODES);
  private final Report report = ReportBuilder.build(request);

  private Decomposition of(String arm) {
    return report.decompositions().stream()
        .filter(d -> d.arm().equals(arm))
        .findFirst()
        .orElseThrow();
  }

  private List<Row> rows(String arm, @Nullable Long seed, String mode) {
    return request.evaluations().stream()
        .filter(e -> e.arm().equals(arm) && Objects.equals(e.seed(), seed) && e.mode().equals(mode))
        .findFirst()
        .orElseThrow()
        .rows();
  }

  /** Mean over seeds, families, items of a value of the image's row and the mode's row. */
  private double mean(
      String arm,
      List<Long> seeds,
      String mode,
      Predicate<Row> here,
      BiFunction<Row, Row, @Nullable Double> value) {
    double total = 0;
    for (Long seed : seeds.isEmpty() ? Collections.singletonList((Long) null) : seeds) {
      Map<String, Row> images = new HashMap<>();
      rows(arm, seed, "image").forEach(row -> images.put(row.item(), row));
      double overFamilies = 0;
      int families = 0;
      for (String family : List.of("maze", "rotting_kiwi")) {
        double sum = 0;
        int items = 0;
        for (Row row : rows(arm, seed, mode)) {
          Double one = value.apply(Objects.requireNonNull(images.get(row.item())), row);
          if (row.family().equals(family) && here.test(row) && one != null) {
            sum += one;
            items++;
          }
        }
        overFamilies += items == 0 ? 0 : sum / items;
        families += items == 0 ? 0 : 1;
      }
      total += overFamilies / families;
    }
    return total / Math.max(1, seeds.size());
  }

  private static double one(boolean value) {
    return value ? 1 : 0;
  }

  private static double value(@Nullable Estimate estimate) {
    return Objects.requireNonNull(estimate).value();
  }

  @Test
  void theSplitOfTheErrorIsShapleysAndAddsUp() {
    for (String arm : List.of("baseline", "only_accuracy", "perception_facts")) {
      Decomposition decomposition = of(arm);
      List<Part> parts = new ArrayList<>(decomposition.parts());
      parts.add(decomposition.overall());
      for (Part part : parts) {
        Predicate<Row> here = here(part);
        ErrorSplit error = Objects.requireNonNull(part.error());
        List<Long> seeds = decomposition.seeds();
        double none = mean(arm, seeds, "image", here, (image, row) -> one(image.strictCorrect()));
        double perceived =
            mean(arm, seeds, "true-description", here, (image, row) -> one(row.strictCorrect()));
        double reasoned =
            mean(
                arm,
                seeds,
                "image",
                here,
                (image, row) -> one(image.goldAnswer().equals(image.describedAnswer())));
        assertThat(error.none().value()).isCloseTo(none, NEAR);
        assertThat(error.perceived().value()).isCloseTo(perceived, NEAR);
        assertThat(error.reasoned().value()).isCloseTo(reasoned, NEAR);
        assertThat(error.perception().value())
            .isCloseTo(((perceived - none) + (1 - reasoned)) / 2, NEAR);
        assertThat(error.reasoning().value())
            .isCloseTo(((reasoned - none) + (1 - perceived)) / 2, NEAR);
        assertThat(error.perception().value() + error.reasoning().value())
            .isCloseTo(1 - none, NEAR);
        assertThat(error.perceptionShare())
            .isCloseTo(error.perception().value() / (1 - none), NEAR);
      }
    }
  }

  private static Predicate<Row> here(Part part) {
    return row ->
        (part.family() == null || row.family().equals(part.family()))
            && (part.level() == null || row.level().equals(part.level()));
  }

  @Test
  void partsAreFamiliesAndTheirLevels() {
    assertThat(of("baseline").parts())
        .extracting(Part::family, Part::level, Part::items)
        .containsExactly(
            tuple("maze", null, 60),
            tuple("maze", "1", 30),
            tuple("maze", "2", 30),
            tuple("rotting_kiwi", null, 30),
            tuple("rotting_kiwi", "1", 15),
            tuple("rotting_kiwi", "2", 15));
    assertThat(of("baseline").seeds()).isEmpty();
    assertThat(of("only_accuracy").seeds()).containsExactly(0L, 1L);
    assertThat(of("baseline").parts().get(1).modes().getFirst().accuracy().interval()).isNull();
    assertThat(of("baseline").parts().get(0).modes().getFirst().accuracy().interval()).isNotNull();
  }

  @Test
  void everyModeIsPairedWithTheImage() {
    List<Long> seeds = of("only_accuracy").seeds();
    of("only_accuracy")
        .overall()
        .modes()
        .forEach(
            mode -> {
              double accuracy =
                  mean(
                      "only_accuracy",
                      seeds,
                      mode.mode(),
                      row -> true,
                      (image, row) -> one(row.strictCorrect()));
              double image =
                  mean(
                      "only_accuracy",
                      seeds,
                      "image",
                      row -> true,
                      (same, row) -> one(row.strictCorrect()));
              assertThat(mode.accuracy().value()).isCloseTo(accuracy, NEAR);
              if (mode.mode().equals("image")) {
                assertThat(mode.minusImage()).isNull();
              } else {
                assertThat(value(mode.minusImage())).isCloseTo(accuracy - image, NEAR);
                assertThat(Objects.requireNonNull(mode.minusImage()).interval())
                    .satisfies(
                        interval ->
                            assertThat(accuracy - image)
                                .isBetween(
                                    Objects.requireNonNull(interval).low(), interval.high()));
              }
            });
    assertThat(of("only_accuracy").overall().modes())
        .extracting(Decomposition.ModeRate::mode)
        .containsExactlyElementsOf(DecompositionSamples.MODES);
  }

  @Test
  void followedStayedAndOtherAreCountedWhereThereWasAnEdit() {
    Decomposition.Edited edited = Objects.requireNonNull(of("format_accuracy").overall().edited());
    List<Long> seeds = of("format_accuracy").seeds();
    Function<BiFunction<Row, Boolean, Boolean>, Double> rate =
        wanted ->
            mean(
                "format_accuracy",
                seeds,
                "edited-description",
                row -> true,
                (image, row) ->
                    row.otherCorrect() == null
                        ? null
                        : (Double) one(wanted.apply(row, row.otherCorrect())));
    assertThat(edited.follow().value()).isCloseTo(rate.apply((row, follows) -> follows), NEAR);
    assertThat(edited.stay().value())
        .isCloseTo(rate.apply((row, follows) -> row.strictCorrect()), NEAR);
    assertThat(edited.follow().value() + edited.stay().value() + edited.other().value())
        .isCloseTo(1, NEAR);
    // 90 items; every seventh has no edit.
    assertThat(edited.items()).isEqualTo(90 - 13);
  }

  @Test
  void swappedPicturesAreCountedWhereThereWasAnother() {
    Decomposition.Swapped swapped = Objects.requireNonNull(of("baseline").overall().swapped());
    assertThat(swapped.items()).isEqualTo(90 - 9);
    assertThat(swapped.describesShown().value())
        .isCloseTo(
            mean(
                "baseline",
                List.of(),
                "swapped",
                row -> true,
                (image, row) ->
                    row.otherPerceived() == null ? null : (Double) one(row.otherPerceived())),
            NEAR);
    assertThat(value(swapped.answersShown()))
        .isCloseTo(
            mean(
                "baseline",
                List.of(),
                "swapped",
                row -> true,
                (image, row) ->
                    row.otherCorrect() == null ? null : (Double) one(row.otherCorrect())),
            NEAR);
  }

  @Test
  void slicesHoldEachItemOnceAndTheirYardsticks() {
    Summary start =
        report.baseline().stream().filter(s -> s.mode().equals("image")).findFirst().orElseThrow();
    List<Row> all = rows("baseline", null, "image");
    List<Row> blank = rows("baseline", null, "blank");
    assertThat(
            start.slices().stream()
                .filter(s -> s.level() == null)
                .mapToInt(s -> s.measures().n())
                .sum())
        .isEqualTo(90);
    for (Slice slice : start.slices()) {
      Predicate<Row> here =
          row ->
              row.family().equals(slice.family())
                  && (slice.level() == null || row.level().equals(slice.level()));
      List<Row> rows = all.stream().filter(here).toList();
      Measures m = slice.measures();
      Baselines b = m.baselines();
      assertThat(m.n()).isEqualTo(rows.size());
      assertThat(m.accuracy().value()).isCloseTo(share(rows, Row::strictCorrect), NEAR);
      String constant = slice.family().equals("maze") ? "1" : "2";
      assertThat(b.constantAnswer())
          .isCloseTo(share(rows, row -> row.goldAnswer().equals(constant)), NEAR);
      assertThat(b.majorityByKind())
          .isCloseTo(
              share(
                  rows,
                  row ->
                      row.goldAnswer().equals(row.questionKind().equals("exits") ? "3" : constant)),
              NEAR);
      double chance =
          rows.stream()
                  .mapToDouble(
                      row ->
                          switch (row.questionKind()) {
                            case "exits" -> 1.0 / 2;
                            case "turns" -> 1.0 / 5;
                            default -> 1.0 / 4;
                          })
                  .sum()
              / rows.size();
      assertThat(b.chance()).isCloseTo(chance, NEAR);
      assertThat(Objects.requireNonNull(b.blankAccuracy()).value())
          .isCloseTo(share(blank.stream().filter(here).toList(), Row::strictCorrect), NEAR);
      assertThat(Objects.requireNonNull(m.perception()).successes() + m.wrongScene() + m.noScene())
          .isEqualTo(rows.size());
    }
  }

  private static double share(List<Row> rows, Predicate<Row> wanted) {
    return (double) rows.stream().filter(wanted).count() / rows.size();
  }

  @Test
  void aSmallErrorHasNoShares() {
    List<Evaluation> right = new ArrayList<>();
    for (Evaluation e : request.evaluations()) {
      right.add(
          new Evaluation(
              e.arm(),
              e.seed(),
              e.checkpoint(),
              e.lineage(),
              e.stateDigest(),
              e.template(),
              e.mode(),
              e.split(),
              e.rows().stream().map(row -> right(row, row.item())).toList()));
    }
    ErrorSplit error =
        Objects.requireNonNull(
            ReportBuilder.build(with(right)).decompositions().getFirst().overall().error());
    // One of 30 kiwi items is wrong: half of 1/30 over two families.
    assertThat(1 - error.none().value()).isCloseTo(1.0 / 60, NEAR);
    assertThat(error.perceptionShare()).isNull();
    assertThat(error.reasoningShare()).isNull();
  }

  private static Row right(Row r, String item) {
    boolean correct = !item.equals("1000");
    return new Row(
        r.item(),
        r.cluster(),
        r.family(),
        r.level(),
        r.questionKind(),
        r.goldAnswer(),
        r.answer(),
        r.describedAnswer(),
        correct,
        correct,
        r.description(),
        r.perceived(),
        null,
        null,
        null,
        null,
        false,
        null,
        null,
        null);
  }

  private ReportRequest with(List<Evaluation> evaluations) {
    return new ReportRequest(
        request.experiment(),
        request.environment(),
        request.amendments(),
        request.seeds(),
        request.arms(),
        request.missing(),
        request.decisions(),
        request.blind(),
        request.datasets(),
        evaluations,
        request.training(),
        request.development(),
        request.failures(),
        request.provenance());
  }

  @Test
  void whoSeesNothingIsOneRowOverAllFamilies() {
    List<Row> rows = rows("baseline", null, "image");
    double constant =
        share(rows, row -> row.goldAnswer().equals(row.family().equals("maze") ? "1" : "2"));
    assertThat(Tables.headline(report).rows().getLast().get(4))
        .isEqualTo(Format.percent((Double) constant));
    // 30 kiwi items at 0.4 %, 60 mazes at 0.
    assertThat(Tables.headline(report).rows().getLast().get(1)).isEqualTo("0.1");
  }

  @Test
  void interventionsAreComparedInTheDecompositionOnly() {
    assertThat(report.comparisons()).allMatch(c -> List.of("image", "text").contains(c.mode()));
  }

  @Test
  void jsonHoldsItAll() throws IOException {
    JsonNode found =
        new ObjectMapper()
            .readTree(JsonReport.write(report))
            .path("results")
            .path("decompositions")
            .path(1);
    assertThat(found.path("arm").asText()).isEqualTo("only_accuracy");
    assertThat(found.path("overall").path("error").path("perception").path("interval")).hasSize(2);
    assertThat(found.path("overall").path("modes").path("text").path("minusImage").isObject())
        .isTrue();
    assertThat(found.path("overall").path("edited").path("follow").isObject()).isTrue();
    assertThat(found.path("parts")).hasSize(6);
  }

  @Test
  void withoutTrueDescriptionsOnlyTheGapIsLeft() {
    Report plain = ReportBuilder.build(DecompositionSamples.of(1, 10, List.of("image", "text")));
    Part overall = plain.decompositions().getFirst().overall();
    assertThat(overall.error()).isNull();
    assertThat(overall.edited()).isNull();
    assertThat(overall.modes()).hasSize(2);
    assertThat(HtmlReport.write(plain))
        .contains("by what is shown")
        .doesNotContain("or lost by perception");
    assertThat(TextReport.write(plain)).contains("text − image");
  }

  /** Leaves pages under target/, for a look at them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void theWritersShowIt(int seeds) throws IOException {
    Report full =
        ReportBuilder.build(DecompositionSamples.of(seeds, 60, DecompositionSamples.MODES));
    String html = HtmlReport.write(full);
    assertThat(html)
        .contains(
            "Perception or reasoning?", "class=\"part perception\"", "<details><summary>By family")
        .doesNotContain("NaN");
    assertThat(MarkdownReport.write(full)).contains("Where wrong answers come from");
    String text = TextReport.write(full);
    assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    Path folder = Files.createDirectories(Path.of("target", "report-sample"));
    Files.writeString(folder.resolve("decomposition-" + seeds + ".html"), html);
    Files.writeString(folder.resolve("decomposition-" + seeds + ".txt"), text);
  }
}
