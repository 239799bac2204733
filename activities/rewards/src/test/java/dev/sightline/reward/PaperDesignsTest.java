package dev.sightline.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.puzzle.AnswerType;
import dev.sightline.reward.term.GradedAnswer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paper's six designs as its tables give them, and what its formulas then imply. */
class PaperDesignsTest {
  private static final String[] ALL_FOUR = {"image_description", "think", "rethink", "answer"};

  private static RewardDesign design(String name) {
    return RewardDesign.of(RewardDesigns.byName(name).orElseThrow());
  }

  private static Map<String, Double> weights(String name) {
    return design(name).terms().stream()
        .collect(Collectors.toMap(WeightedTerm::key, term -> term.weight(0)));
  }

  private static List<String> tags(String name) {
    return design(name).template().tags().stream().map(Tag::wireName).toList();
  }

  @Test
  void tagsAndWeightsAreThePapers() {
    assertThat(weights("vanilla")).isEqualTo(Map.of("tag_sentences(think)", 0.1, "accuracy", 0.9));
    assertThat(weights("only_accuracy")).isEqualTo(Map.of("accuracy", 1.0));
    assertThat(weights("mixture"))
        .isEqualTo(
            Map.of(
                "tag_sentences(image_description)",
                0.06,
                "tag_sentences(think)",
                0.06,
                "tag_sentences(rethink)",
                0.08,
                "accuracy",
                0.8));
    Map<String, Double> continuous = new HashMap<>(weights("mixture"));
    continuous.put("graded_answer", continuous.remove("accuracy"));
    assertThat(weights("continuous")).isEqualTo(continuous);
    assertThat(weights("visual_fusion"))
        .isEqualTo(
            Map.of("tag_sentences(think)", 0.1, "tag_sentences(visual)", 0.1, "accuracy", 0.8));
    assertThat(weights("no_accuracy"))
        .isEqualTo(
            Map.of(
                "tag_sentences(image_description)",
                0.3,
                "tag_sentences(think)",
                0.3,
                "tag_sentences(rethink)",
                0.3,
                "answer_tag",
                0.1));
    assertThat(tags("vanilla")).containsExactly("think", "answer");
    assertThat(tags("only_accuracy")).containsExactly("answer");
    assertThat(tags("visual_fusion")).containsExactly("think", "visual", "answer");
    for (String name : List.of("mixture", "continuous", "no_accuracy")) {
      assertThat(tags(name)).containsExactly(ALL_FOUR);
    }
  }

  @Test
  void theWeightsOfEachSumToOne() {
    for (String name : RewardDesigns.names().subList(0, 6)) {
      assertThat(weights(name).values().stream().mapToDouble(w -> w).sum())
          .as(name)
          .isCloseTo(1, within(1e-12));
    }
  }

  private static double score(
      String term, String parameter, AnswerType type, String right, String text) {
    RewardDesign design =
        new RewardDesign(
            "one",
            PromptTemplates.ANSWER,
            List.of(WeightedTerm.of(term, 1, parameter.isEmpty() ? null : parameter)),
            Clip.NONE);
    return design.score(Attempt.of(new RewardItem(right, type, null), text)).total();
  }

  private static double graded(AnswerType type, String right, String said) {
    return score("graded_answer", "", type, right, "<answer>" + said + "</answer>");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "1, 0.5",
    "2, 0.333",
    "3, 0.25",
    "4, 0.2",
    "5, 0.167",
    "6, 0",
    "100, 0",
    "-5, 0.167",
    "-6, 0",
  })
  void numbersAreGradedByTheirDistance(int off, double wanted) {
    assertThat(graded(AnswerType.INTEGER, "7", String.valueOf(7 + off)))
        .isCloseTo(wanted, within(5e-4));
    int distance = Math.abs(off);
    assertThat(graded(AnswerType.INTEGER, "7", String.valueOf(7 + off)))
        .isEqualTo(distance > 5 ? 0 : 1.0 / (1 + distance));
  }

  @Test
  void numbersBeyondAnyReachAreWrongAndCheap() {
    String huge = "9".repeat(1_000_000);
    assertThat(graded(AnswerType.INTEGER, "7", huge)).isZero();
    assertThat(graded(AnswerType.INTEGER, "7", "-" + huge)).isZero();
    assertThat(graded(AnswerType.INTEGER, "7", "0".repeat(1_000_000) + "8")).isEqualTo(0.5);
    assertThat(graded(AnswerType.INTEGER, "-2", "1")).isEqualTo(0.25);
    assertThat(graded(AnswerType.INTEGER, "7", "7 or 8")).isZero();
  }

  /** Half for the hour, half for the minute, each by its distance on the dial. */
  @ParameterizedTest
  @CsvSource({
    "3:20, 3:20, 1",
    "3:20, 4:20, 0.9", // 0.5 (1 - 1/5) + 0.5
    "3:20, 1:20, 0.8", // 0.5 (1 - 2/5) + 0.5
    "3:20, 6:20, 0.5", // 3 hours: 0
    "3:20, 9:20, 0.5",
    "11:20, 1:20, 0.8", // 2 hours across 12
    "12:20, 1:20, 0.9",
    "0:20, 12:20, 1",
    "3:20, 3:21, 0.975", // 0.5 + 0.5 (1 - 1/20)
    "3:20, 3:30, 0.75", // 0.5 + 0.5 (1 - 10/20)
    "3:20, 3:31, 0.5", // 11 minutes: 0
    "3:58, 3:02, 0.9", // 4 minutes across the hour: 0.5 + 0.5 (1 - 4/20)
    "3:20, 4:30, 0.65", // 0.5 x 0.8 + 0.5 x 0.5
    "3:20, 9:50, 0",
    "3:20, 15:20, 0", // no time on this dial
    "3:20, 3.20, 0",
  })
  void timesAreGradedOnTheDial(String right, String said, double wanted) {
    assertThat(graded(AnswerType.TIME, right, said)).isCloseTo(wanted, within(1e-12));
  }

  @Test
  void aTimeIsFullOnlyWhereBothPartsMatch() {
    for (int hour = 1; hour <= 12; hour++) {
      for (int minute = 0; minute < 60; minute++) {
        double score = graded(AnswerType.TIME, "3:20", "%d:%02d".formatted(hour, minute));
        assertThat(score == 1).isEqualTo(hour == 3 && minute == 20);
        assertThat(score).isBetween(0.0, 1.0);
      }
    }
  }

  private static String sentences(int distinct, int repeated) {
    return IntStream.range(0, distinct)
            .mapToObj(i -> "Sentence " + i + ".")
            .collect(Collectors.joining(" "))
        + " Sentence 0.".repeat(repeated);
  }

  private static double tag(String content) {
    return score(
        "tag_sentences", "think", AnswerType.INTEGER, "1", "<think>" + content + "</think>");
  }

  @ParameterizedTest
  @CsvSource({"1, 0.762", "2, 0.964", "3, 0.995", "4, 0.9993"})
  void threeSentencesEarnNearlyAll(int sentences, double wanted) {
    assertThat(tag(sentences(sentences, 0))).isCloseTo(wanted, within(5e-4));
    assertThat(tag(sentences(sentences, 0))).isEqualTo(Math.tanh(sentences));
  }

  @Test
  void aDuplicateCostsThreeQuarters() {
    assertThat(tag(sentences(3, 0)) - tag(sentences(3, 1))).isCloseTo(0.762, within(5e-4));
    assertThat(tag(sentences(3, 3))).isCloseTo(0, within(1e-12));
    assertThat(tag(sentences(40, 3))).isBetween(0.0, 0.005);
    assertThat(tag(sentences(1, 2))).isNegative();
    assertThat(tag(sentences(1, 1))).isZero();
  }

  /** The formula's open interval; in double precision tanh reaches its bounds at 20. */
  @Test
  void theScoreStaysBetweenMinusOneAndOne() {
    assertThat(tag(sentences(18, 0))).isLessThan(1);
    assertThat(tag("a. ".repeat(1000))).isBetween(Math.tanh(1) - 1, 0.0);
    assertThat(tag("")).isZero();
    assertThat(tag(" . ! \n")).isZero();
  }

  /** Where the paper is silent (design section 7). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "One. one!  ONE? | 1 | 2",
        "'One  two.one\ttwo' | 1 | 1",
        "a... b?! c | 3 | 0",
        "'a\nb\n\nb' | 2 | 1",
        "It is 2.5. | 2 | 0",
        "no end | 1 | 0",
        "\u00c4rger. \u00e4rger. | 1 | 1",
      })
  void countsSentences(String text, int distinct, int repeated) {
    assertThat(Sentences.of(text)).isEqualTo(new Sentences(distinct, repeated));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image_description | <image description>a</image description> | 1",
        "image_description | <image_description>a. b</image_description> | 2",
        "image_description | <IMAGE Description>a</image_description> | 1",
        "image_description | <image-description>a</image-description> | 0",
        "think | <think>a</think><think>b. c</think> | 1",
        "think | <think>a<think>b</think> | 1",
        "think | <think>a | 0",
        "think | a</think> | 0",
        "think | <think >a</think> | 0",
        "think | <think>a <visual>b</visual> c. d</think> | 2",
        "think | <think>a. <visual>b. c</visual>. d</think> | 4",
        "visual | <think>a. <visual>b. c</visual>. d</think> | 2",
        "visual | <think><visual>b</visual> and <visual>c</visual></think> | 2",
        "visual | <visual>b</visual><think>a</think> | 0",
        "visual | <visual>b</visual> | 0",
        "rethink | <think><rethink>a</rethink></think> | 1",
        "description | <answer>1</answer><description>a</description> | 1",
      })
  void findsTheTagThatItScores(String tag, String text, int distinct) {
    assertThat(score("tag_sentences", tag, AnswerType.INTEGER, "1", text))
        .isEqualTo(distinct == 0 ? 0 : Math.tanh(distinct));
  }

  @Test
  void theScoreIsBlindToTruth() {
    RewardDesign mixture = design("mixture");
    String text =
        "<image description>A %s one. It is odd.</image description><think>So. Well.</think>"
            + "<rethink>Yes. No.</rethink><answer>4</answer>";
    Mode image = Mode.IMAGE;
    double one = Items.score(mixture, Items.known(), text.formatted("red"), image).total();
    assertThat(Items.score(mixture, Items.known(), text.formatted("blue"), image).total())
        .isEqualTo(one)
        .isCloseTo(0.8 + 0.2 * Math.tanh(2), within(1e-12));
  }

  @Test
  void noAccuracyPaysTheTagAndNotTheAnswer() {
    RewardDesign design = design("no_accuracy");
    for (String answer : List.of("4", "5", "what?")) {
      assertThat(
              Items.score(design, Items.known(), "<answer>" + answer + "</answer>", Mode.IMAGE)
                  .total())
          .isEqualTo(0.1);
    }
    assertThat(Items.score(design, Items.known(), "<answer> </answer>", Mode.IMAGE).total())
        .isZero();
  }

  @Test
  void theConstantsOfTheGradedAnswerAreSettings() {
    assertThat(new GradedAnswer().settings())
        .extracting(TermSetting::byDefault)
        .containsExactly(2.0, 5.0, 10.0, 20.0, 0.5, 5.0);
  }

  /** Warm starts can teach every shipped prompt, and what they teach is what it asks for. */
  @Test
  void targetsOfEveryPromptAreWellFormedAndPaid() {
    for (String name : RewardDesigns.names()) {
      RewardDesign design = design(name);
      String target = PromptTemplates.target(design.template(), Items.known());
      ScoredCompletion scored = Items.score(design, Items.known(), target, Mode.IMAGE);
      assertThat(scored.judgement().wellFormed()).as(name).isTrue();
      assertThat(scored.judgement().accurate()).as(name).isTrue();
      assertThat(scored.total()).as(name).isGreaterThanOrEqualTo(0);
    }
  }
}
