package dev.sightline.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.foundation.CanonicalJson;
import dev.sightline.puzzle.dataset.DatasetBaselines;
import dev.sightline.puzzle.dataset.DatasetItem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RewardDesignTest {
  private static final String RIGHT = "<description>--F/-FF/RF-</description><answer>4</answer>";

  private static Judgement judge(String completion, Mode mode) {
    return Items.judge(PromptTemplates.PROBE, Items.known(), completion, mode);
  }

  private static RewardDesign design(WeightedTerm... terms) {
    return new RewardDesign("test", PromptTemplates.PROBE, List.of(terms), Clip.NONE);
  }

  private static ScoredCompletion score(RewardDesign design, String completion, Mode mode) {
    return Items.score(design, Items.known(), completion, mode);
  }

  @Test
  void judgesTheRightCompletion() {
    Judgement image = judge(RIGHT, Mode.IMAGE);
    assertThat(image.descriptionStatus()).isEqualTo("complete");
    assertThat(image.perception()).isTrue();
    assertThat(image.copyFidelity()).isNull();
    assertThat(image.selfConsistency()).isTrue();
    assertThat(image.accurate()).isTrue();
    assertThat(image.facts()).isEqualTo(1.0);
    assertThat(image.perceptionAnswer()).isNull();
  }

  /** With a twin the same number is called copy fidelity and P does not exist. */
  @Test
  void hasNoPerceptionBesideATwin() {
    Judgement text = judge(RIGHT, Mode.TEXT);
    assertThat(text.perception()).isNull();
    assertThat(text.copyFidelity()).isTrue();
  }

  /** A rotated board has the same answer, but it is not what the picture shows. */
  @Test
  void doesNotTakeARotatedBoardForTheScene() {
    Judgement judged =
        judge("<description>F--/FF-/-FR</description><answer>4</answer>", Mode.IMAGE);
    assertThat(judged.perception()).isFalse();
    assertThat(judged.selfConsistency()).isTrue();
    assertThat(judged.accurate()).isTrue();
  }

  @Test
  void saysNotApplicableWhereSelfConsistencyHasNoMeaning() {
    assertThat(judge("<answer>4</answer>", Mode.IMAGE).selfConsistency()).isNull();
    assertThat(judge("<description>--F/-FF/RF-</description>", Mode.IMAGE).selfConsistency())
        .isNull();
    assertThat(
            judge("<description>F-R/---/---</description><answer>4</answer>", Mode.IMAGE)
                .selfConsistency())
        .isNull();
    assertThat(
            judge("<description>--F/-FF</description><answer>4</answer>", Mode.IMAGE)
                .selfConsistency())
        .isNull();
    assertThat(
            judge("<description>RF-/---/---</description><answer>4</answer>", Mode.IMAGE)
                .selfConsistency())
        .isFalse();
  }

  @Test
  void judgesPerceptionQuestions() {
    Judgement right =
        Judgement.of(
            PromptTemplates.PERCEPTION,
            Items.attempt(
                    PromptTemplates.PERCEPTION, Items.known(), "<answer>Fresh</answer>", Mode.IMAGE)
                .truncated(true));
    assertThat(right.perceptionAnswer()).isTrue();
    assertThat(right.descriptionStatus()).isNull();
    assertThat(right.perception()).isNull();
    assertThat(right.facts()).isNull();
    assertThat(right.truncated()).isTrue();
    assertThat(
            Items.judge(
                    PromptTemplates.PERCEPTION, Items.known(), "<answer>fresh</answer>", Mode.TEXT)
                .perceptionAnswer())
        .isNull();
  }

  @Test
  void addsWeightedTermsUp() {
    RewardDesign design =
        design(
            WeightedTerm.of("format", 0.2, null),
            WeightedTerm.of("accuracy", 0.8, null),
            WeightedTerm.of("answer_is", 3, "4"));
    assertThat(score(design, RIGHT, Mode.IMAGE).total()).isCloseTo(4.0, within(1e-12));
    ScoredCompletion wrong = score(design, RIGHT.replace("4", "5"), Mode.IMAGE);
    assertThat(wrong.total()).isEqualTo(0.2);
    assertThat(wrong.terms())
        .extracting("name")
        .containsExactly("format", "accuracy", "answer_is(4)");
    assertThat(CanonicalJson.text(wrong.toMap())).contains("\"total\":0.2");
    assertThat(Judgement.fromMap(wrong.judgement().toMap())).isEqualTo(wrong.judgement());
  }

  @Test
  void leavesPerceptionTermsOutBesideATwin() {
    RewardDesign design =
        design(
            WeightedTerm.of("perception_facts", 0.5, null), WeightedTerm.of("accuracy", 0.5, null));
    assertThat(score(design, RIGHT, Mode.IMAGE).terms()).hasSize(2);
    ScoredCompletion copied = score(design, RIGHT, Mode.TEXT);
    assertThat(copied.terms())
        .extracting(ScoredCompletion.TermScore::applies)
        .containsExactly(false, true);
    assertThat(copied.terms().getFirst().reason()).contains("copy fidelity");
    assertThat(copied.total()).isEqualTo(0.5);
    assertThat(score(design, "<answer>4</answer>", Mode.IMAGE).total()).isEqualTo(0.5);
  }

  @Test
  void refusesDesignsThatMakeNoSense() {
    assertThatThrownBy(() -> WeightedTerm.of("beauty", 1, null)).hasMessageContaining("use one of");
    assertThatThrownBy(() -> WeightedTerm.of("answer_is", 1, null))
        .hasMessageContaining("parameter");
    assertThatThrownBy(() -> WeightedTerm.of("format", 1, "x"))
        .hasMessageContaining("no parameter");
    assertThatThrownBy(() -> WeightedTerm.of("format", Double.NaN, null))
        .hasMessageContaining("finite");
    assertThatThrownBy(() -> RewardDesign.template("own", null))
        .hasMessageContaining("no template 'own'");
    assertThatThrownBy(
            () ->
                new RewardDesign(
                    "d",
                    PromptTemplates.ANSWER,
                    List.of(WeightedTerm.of("perception_facts", 1, null)),
                    Clip.NONE))
        .hasMessageContaining("use probe");
    assertThatThrownBy(
            () -> design(WeightedTerm.of("format", 1, null), WeightedTerm.of("format", 2, null)))
        .hasMessageContaining("twice");
  }

  /** Red team: a policy that does not look earns at most s0 from perception_facts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<answer>1</answer>",
        "<description></description><answer>1</answer>",
        "<description>---/---/---</description>",
        "<description>FFF/FFF/FFF</description>",
        "<description>RRR/RRR/RRR</description>",
        "<description>RFR/FRF/RFR</description>",
        "<description>---/---/---/FFF/FFF/FFF</description>",
        "<description>---/---/---/FFF/FFF/FFF/RRR/RRR/RRR</description>",
        "<description>RFR/FRF/RFR/RFR/FRF/RFR</description>",
        "<description>---/---/---</description><description>FFF/FFF/FFF</description>",
        "<description>-FR/-FR/-FR</description><answer>1</answer><description>RRR/RRR/RRR</description>",
        "<description>every cell is - F or R</description>",
        "<description>-FR-FR-FR-FR-FR</description>"
      })
  void cheatsEarnAtMostTheBestConstantDescription(String cheat) {
    RewardDesign facts = design(WeightedTerm.of("perception_facts", 1, null));
    double best = DatasetBaselines.bestConstantDescription(Items.FAMILY, Items.ALL).meanFacts();
    double sum = 0;
    for (DatasetItem item : Items.ALL) {
      sum += Items.score(facts, item, cheat, Mode.IMAGE).total();
    }
    assertThat(sum / Items.ALL.size()).isLessThanOrEqualTo(best + 1e-12);
  }
}
