package dev.sightline.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.foundation.SeedTree;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.dataset.DatasetAssembler;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.DatasetPlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The terms that the paper does not have. */
class TermsTest {
  private static final String TRUE = "--F/-FF/RF-";
  private static final String ROTATED = "F--/FF-/-FR";

  private static String said(String board, String answer) {
    return "<description>" + board + "</description><answer>" + answer + "</answer>";
  }

  private static Attempt on(String text) {
    return Items.attempt(PromptTemplates.PROBE, Items.known(), text, Mode.IMAGE);
  }

  private static ScoredCompletion.TermScore score(
      String term, Map<String, ?> settings, Attempt attempt) {
    WeightedTerm weighted =
        WeightedTerm.of(term, 1, null, settings, WeightSchedule.EVEN, Clip.NONE);
    return new RewardDesign("one", PromptTemplates.PROBE, List.of(weighted), Clip.NONE)
        .score(attempt)
        .terms()
        .getFirst();
  }

  private static double raw(String term, Map<String, ?> settings, Attempt attempt) {
    return Objects.requireNonNull(score(term, settings, attempt).raw());
  }

  private static double facts(String board) {
    return raw("perception_facts", Map.of(), on(said(board, "1")));
  }

  @Test
  void factsAreTheFamilys() {
    assertThat(facts(TRUE)).isEqualTo(1);
    ConfiguredFamily family = Items.FAMILY;
    Scene truth = family.readScene(Items.known().scene());
    assertThat(facts(ROTATED))
        .isEqualTo(family.facts(truth, family.readDescription(ROTATED)).value())
        .isBetween(0.1, 0.9);
    assertThat(facts("")).isZero();
  }

  @Test
  void gatedPaysARightAnswerAsFarAsTheDescriptionIsTrue() {
    double rotated = facts(ROTATED);
    assertThat(raw("perception_gated", Map.of(), on(said(TRUE, "4")))).isEqualTo(1);
    assertThat(raw("perception_gated", Map.of(), on(said(TRUE, "5")))).isZero();
    assertThat(raw("perception_gated", Map.of(), on(said(ROTATED, "4")))).isEqualTo(rotated);
    assertThat(raw("perception_gated", Map.of("gamma", 2), on(said(ROTATED, "4"))))
        .isEqualTo(rotated * rotated);
    assertThat(raw("perception_gated", Map.of("hard", true), on(said(ROTATED, "4")))).isZero();
    assertThat(raw("perception_gated", Map.of("hard", true), on(said(TRUE, "4")))).isEqualTo(1);
  }

  @Test
  void consistencyPaysOnlyAsFarAsTheDescriptionIsTrue() {
    assertThat(raw("consistency", Map.of(), on(said(TRUE, "4")))).isEqualTo(1);
    assertThat(raw("consistency", Map.of(), on(said(TRUE, "5")))).isZero();
    assertThat(raw("consistency", Map.of(), on(said(ROTATED, "4")))).isEqualTo(facts(ROTATED));
    assertThat(raw("consistency", Map.of(), on(said("RF-/---/---", "1"))))
        .isEqualTo(facts("RF-/---/---"));
    assertThat(raw("consistency", Map.of(), on(said("--F/-FF", "4")))).isZero();
    assertThat(raw("consistency", Map.of(), on("<answer>4</answer>"))).isZero();
    assertThat(raw("consistency", Map.of("allowUngrounded", true), on(said("RF-/---/---", "1"))))
        .isEqualTo(1);
  }

  /** The named ablation: any scene with the right answer will do. */
  @Test
  void answerSolvedRewardsACode() {
    assertThat(raw("answer_solved", Map.of(), on(said(ROTATED, "1")))).isEqualTo(1);
    assertThat(raw("answer_solved", Map.of(), on(said("RF-/---/---", "4")))).isZero();
    assertThat(raw("answer_solved", Map.of(), on(said("--F", "4")))).isZero();
    // This family asks one thing, so there is nothing else to ask.
    assertThat(raw("perception_solved", Map.of(), on(said(ROTATED, "1")))).isEqualTo(1);
  }

  /** With other questions about the scene a scene with the same answer is not enough. */
  @Test
  void solvedAsksOtherQuestionsAboutTheScene() {
    DatasetPlan plan =
        new DatasetPlan(
            "clock",
            Map.of(),
            new DatasetPlan.ImageSize(224, 224),
            new DatasetPlan.Counts(40, 4, 4),
            3);
    ConfiguredFamily clock = plan.portions().getFirst().configured();
    List<DatasetItem> items = DatasetAssembler.make(plan).train();
    double others = 0;
    int pairs = 0;
    for (int i = 0; i < items.size(); i++) {
      DatasetItem item = items.get(i);
      RewardItem asked = RewardItem.of(item, clock, PromptTemplate.Question.PUZZLE);
      Attempt right = Attempt.of(asked, PromptTemplates.target(PromptTemplates.PROBE, item));
      assertThat(raw("perception_solved", Map.of(), right)).isEqualTo(1);
      String other = items.get((i + 1) % items.size()).description();
      if (!clock.sameScene(
          clock.readScene(item.scene()),
          ((DescriptionReading.Complete) clock.readDescription(other)).scene())) {
        double share =
            raw("perception_solved", Map.of("questions", 8), Attempt.of(asked, said(other, "1")));
        assertThat(share * 8).isCloseTo(Math.rint(share * 8), within(1e-9));
        others += share;
        pairs++;
      }
    }
    assertThat(pairs).isGreaterThan(30);
    assertThat(others / pairs).isLessThan(0.2);
  }

  @Test
  void recordedEvidenceIsTakenAndMissingEvidenceIsNamed() {
    Attempt plain = on(said(ROTATED, "4"));
    Attempt answered = plain.with(new Recorded("4", "5", 0.25, null));
    assertThat(score("self_sufficient", Map.of(), plain).reason()).contains("no selfAnswer");
    assertThat(score("caption_reader", Map.of(), plain).reason()).contains("no captionAnswer");
    assertThat(score("judge_recall", Map.of(), plain).reason()).contains("no judgeRecall");
    assertThat(score("length_only", Map.of("unit", "tokens"), plain).reason())
        .contains("no tokens");
    assertThat(raw("self_sufficient", Map.of(), answered)).isEqualTo(1);
    assertThat(raw("caption_reader", Map.of(), answered)).isZero();
    assertThat(raw("judge_recall", Map.of(), answered)).isEqualTo(0.25);
    Attempt broken = on(said("--F", "4")).with(new Recorded("4", null, null, null));
    assertThat(raw("self_sufficient", Map.of(), broken)).isZero();
    assertThat(raw("self_sufficient", Map.of("rawText", true), broken)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "6, 0", "7, -0.25", "8, -0.5", "10, -1", "11, -1", "1000, -1"})
  void overlongFallsInALine(int tokens, double wanted) {
    Map<String, Object> settings = Map.of("limit", 10, "buffer", 4, "unit", "tokens");
    assertThat(raw("overlong", settings, on("x").with(Recorded.ofTokens(tokens))))
        .isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, -1", "5, 0.75, -0.75", "10, 0.5, -0.5", "99, 0.5, -0.5"})
  void cosineLengthFallsForRightAndRisesForWrongAnswers(int tokens, double right, double wrong) {
    Map<String, Object> settings = Map.of("limit", 10, "unit", "tokens");
    Recorded recorded = Recorded.ofTokens(tokens);
    assertThat(raw("cosine_length", settings, on(said(TRUE, "4")).with(recorded)))
        .isCloseTo(right, within(1e-12));
    assertThat(raw("cosine_length", settings, on(said(TRUE, "5")).with(recorded)))
        .isCloseTo(wrong, within(1e-12));
  }

  @Test
  void lengthIsCodePointsOrTokens() {
    assertThat(raw("length_only", Map.of("limit", 8), on("\uD83E\uDD5D\uD83E\uDD5D")))
        .isEqualTo(0.25);
    assertThat(raw("length_only", Map.of("limit", 2), on("abc"))).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "a, 0",
    "a b, 0",
    "a b c, 0",
    "a b a b, -0.333333",
    "'A  b\ta\nB', -0.333333",
    "a a a a a, -0.75",
    "ab a b ab a, -0.25",
  })
  void repetitionCountsRunsOfWords(String text, double wanted) {
    assertThat(raw("repetition", Map.of("size", 2), on(text))).isCloseTo(wanted, within(1e-6));
  }

  @Test
  void theLotsAreDrawnFromTheCompletionsOwnSeed() {
    SeedTree seeds = SeedTree.root(3);
    double sum =
        IntStream.range(0, 10_000)
            .mapToDouble(i -> raw("random", Map.of("rate", 0.3), on("x").at(0, seeds.child(i))))
            .sum();
    assertThat(sum / 10_000).isCloseTo(0.3, within(0.02));
    assertThat(raw("random", Map.of(), on("a").at(1, seeds)))
        .isEqualTo(raw("random", Map.of(), on("b").at(2, seeds)));
    assertThat(raw("random", Map.of("rate", 0), on("x"))).isZero();
    assertThat(raw("random", Map.of("rate", 1), on("x"))).isEqualTo(1);
    assertThat(raw("constant", Map.of("value", 0.5), on("x"))).isEqualTo(0.5);
  }

  @Test
  void timesMayBeReadStrictly() {
    Attempt attempt =
        Attempt.of(new RewardItem("12:05", AnswerType.TIME, null), "<answer>0:05</answer>");
    assertThat(raw("accuracy", Map.of(), attempt)).isEqualTo(1);
    assertThat(raw("accuracy", Map.of("strictClock", true), attempt)).isZero();
  }

  @Test
  void theReaderDecidesWhichAnswerIsPaid() {
    Attempt loose = on("It is **4**.");
    assertThat(raw("accuracy", Map.of(), loose)).isZero();
    assertThat(raw("accuracy", Map.of(), loose.readBy(AnswerReader.LENIENT))).isEqualTo(1);
    assertThat(Judgement.of(PromptTemplates.PROBE, loose).accurateLenient()).isTrue();
  }

  @Test
  void weightsMoveAlongTheirCourse() {
    RewardDesign curriculum =
        RewardDesign.of(RewardDesigns.byName("perception_curriculum").orElseThrow());
    double[] wanted = {0.8, 0.2, 0.5, 0.5, 0.2, 0.8, 0.2, 0.8};
    long[] steps = {0, 50, 100, 1000};
    for (int i = 0; i < steps.length; i++) {
      ScoredCompletion scored =
          curriculum.score(on(said(TRUE, "5")).at(steps[i], SeedTree.root(0)));
      assertThat(scored.terms().get(0).weight()).isCloseTo(wanted[2 * i], within(1e-12));
      assertThat(scored.terms().get(1).weight()).isCloseTo(wanted[2 * i + 1], within(1e-12));
      assertThat(scored.total()).isCloseTo(wanted[2 * i], within(1e-12));
    }
  }

  @Test
  void clipsBoundTheRawValueAndTheTotal() {
    WeightedTerm facts =
        WeightedTerm.of(
            "perception_facts", 2, null, Map.of(), WeightSchedule.EVEN, new Clip(0.25, 0.5));
    ScoredCompletion scored =
        new RewardDesign("clipped", PromptTemplates.PROBE, List.of(facts), new Clip(0, 0.75))
            .score(on(said(TRUE, "4")));
    assertThat(scored.terms().getFirst().raw()).isEqualTo(1);
    assertThat(scored.terms().getFirst().value()).isEqualTo(1);
    assertThat(scored.total()).isEqualTo(0.75);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "repetition | size | 0 | settings.size: is 0; give a whole number from 1 to 100",
        "repetition | size | 2.5 | settings.size: is 2.5; give a whole number from 1 to 100",
        "repetition | sise | 2 | settings.sise: is no setting of repetition; known: size",
        "accuracy | strictClock | 1 | settings.strictClock: is 1; give true or false",
        "format | any | 1 | settings.any: is no setting of format; leave it out",
        "random | rate | 1.5 | settings.rate: is 1.5; give a number from 0.0 to 1.0",
      })
  void settingsAreChecked(String term, String setting, double value, String message) {
    Object given = value == Math.rint(value) ? (Object) (long) value : (Object) value;
    assertThatThrownBy(() -> score(term, Map.of(setting, given), on("x"))).hasMessage(message);
  }

  @Test
  void aTermOutsideItsRangeIsAnError() {
    assertThatThrownBy(() -> new RewardTerm.Range(1, 0)).hasMessageContaining("no range");
    WeightedTerm broken =
        new WeightedTerm(
            "broken",
            new Supplied.OutOfRange(),
            1,
            WeightSchedule.EVEN,
            TermSettings.of(new Supplied.OutOfRange(), null, Map.of()),
            Clip.NONE);
    RewardDesign design =
        new RewardDesign("broken", PromptTemplates.PROBE, List.of(broken), Clip.NONE);
    assertThatThrownBy(() -> design.score(on("x"))).hasMessageContaining("outside of its range");
  }

  /** {@code META-INF/services} of the tests names it, as a user's jar would. */
  @Test
  void aUsersTermIsATermLikeTheOthers() {
    assertThat(RewardTerms.names()).contains("vowels", "accuracy");
    assertThat(raw("vowels", Map.of(), on("aabb"))).isEqualTo(0.5);
  }

  @Test
  void termsThatCannotBeToldApartAreRefused() {
    assertThatThrownBy(() -> RewardTerms.index(List.of(new Supplied(), new Supplied())))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("are both called vowels");
    assertThatThrownBy(() -> RewardTerms.index(List.of(new Supplied.OddName())))
        .hasMessageContaining("calls itself 'Odd name'");
  }

  @Test
  void everyTermSaysWhatItIs() {
    assertThat(RewardTerms.all())
        .allSatisfy(
            term -> {
              assertThat(term.doc()).endsWith(".");
              assertThat(term.settings()).allSatisfy(s -> assertThat(s.doc()).endsWith("."));
            });
  }
}
