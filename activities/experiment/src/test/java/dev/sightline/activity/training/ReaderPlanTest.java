package dev.sightline.activity.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.activity.dataset.Samples;
import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.triton.policy.Prompt;
import dev.sightline.triton.policy.RolloutPayload;
import dev.sightline.triton.policy.RolloutResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two groups of four, of which each has another thing to show to a reader. */
final class ReaderPlanTest {
  private static final String TERMS = "terms: [ { term: accuracy, weight: 1.0 } ]";
  private final TrainingContext self = context("self_sufficient, weight: 1.0");
  private final TrainingContext caption = context("caption_reader, weight: 1.0");

  private static TrainingContext context(String term) {
    ExperimentSpec spec =
        Samples.spec(
            Samples.YAML.replace(
                "- name: plain\n    " + TERMS,
                "- name: plain\n    terms: [ { term: " + term + " } ]"));
    return Contexts.arm(spec, "plain", 1);
  }

  @Test
  void theStartIsAskedAboutTheTwinOfWhatWasDescribed() {
    RolloutPlan plan = RolloutPlan.of(self, 0);
    RolloutPayload asked =
        new ReaderPlan(self)
            .missing(Reader.START, plan, rollout(plan), Readings.NONE)
            .orElseThrow();

    assertThat(asked.atStart()).isTrue();
    assertThat(asked.temperature()).isZero();
    assertThat(asked.prompts()).allMatch(prompt -> prompt.image() == null);
    // Of a group's four only two describe a whole scene, and both the same one.
    assertThat(asked.prompts()).hasSize(2);
    List<DatasetItem> items = List.copyOf(plan.items().values());
    for (int i = 0; i < 2; i++) {
      assertThat(asked.prompts().get(i).text())
          .startsWith(items.get(i).textTwin() + "\n" + items.get(i).question())
          .doesNotContain("in my words");
    }
    assertThat(new ReaderPlan(self).missing(Reader.CURRENT, plan, rollout(plan), Readings.NONE))
        .isEmpty();
  }

  @Test
  void thePolicyItselfIsAskedAboutTheTextOfItsDescription() {
    RolloutPlan plan = RolloutPlan.of(caption, 0);
    RolloutPayload asked =
        new ReaderPlan(caption)
            .missing(Reader.CURRENT, plan, rollout(plan), Readings.NONE)
            .orElseThrow();

    assertThat(asked.atStart()).isFalse();
    assertThat(asked.prompts())
        .extracting(prompt -> prompt.text().lines().findFirst().orElseThrow())
        .contains("in my words")
        .doesNotContain("");
    // The two boards, each said twice, and the words, for both items ask the same.
    assertThat(asked.prompts()).hasSize(3);
  }

  @Test
  void whatWasAnsweredIsNotAskedAgainAndDecidesTheReward() {
    RolloutPlan plan = RolloutPlan.of(self, 0);
    RolloutResult rollout = rollout(plan);
    ReaderPlan readers = new ReaderPlan(self);
    RolloutPayload asked =
        readers.missing(Reader.START, plan, rollout, Readings.NONE).orElseThrow();
    List<DatasetItem> items = List.copyOf(plan.items().values());
    Readings readings =
        Readings.NONE.with(
            Reader.START,
            answers(
                asked,
                List.of("<answer>" + items.get(0).answer() + "</answer>", "<answer>99</answer>")));

    Readings stored = Readings.read(readings.bytes());
    assertThat(stored.bytes()).isEqualTo(readings.bytes());
    assertThat(readers.missing(Reader.START, plan, rollout, stored)).isEmpty();
    StepScores scores = StepScores.of(self, plan, new Sampled(rollout, Redraws.NONE, stored), 0);
    // Two of the first four described the board and the start read it rightly; the rest earn 0.
    assertThat(scores.metrics())
        .containsEntry("terms", Map.of("self_sufficient", 2.0 / 8))
        .containsEntry("degenerate", 1)
        .containsEntry("readers", Map.of("start", Map.of("asked", 2, "tokens", 6L)));
    assertThat(scores.advantages().subList(0, 4)).doesNotContain(0.0);
    assertThatThrownBy(() -> StepScores.of(self, plan, Sampled.once(rollout), 0))
        .hasMessageContaining("the reader start was not asked");
  }

  @Test
  void theRawTextIsAVariantOfWhatTheStartIsShown() {
    TrainingContext raw = context("self_sufficient, weight: 1.0, settings: { rawText: true }");
    RolloutPlan plan = RolloutPlan.of(raw, 0);

    assertThat(
            new ReaderPlan(raw)
                .missing(Reader.START, plan, rollout(plan), Readings.NONE)
                .orElseThrow()
                .prompts())
        .extracting(Prompt::text)
        .anyMatch(text -> text.startsWith("in my words"));
    assertThat(Reader.asked(Contexts.arm("plain", 1).design())).isFalse();
  }

  /** Right, right with another answer, in words of its own, nothing described. */
  private static RolloutResult rollout(RolloutPlan plan) {
    List<RolloutResult.Completion> completions = new ArrayList<>();
    for (Map.Entry<String, DatasetItem> asked : plan.items().entrySet()) {
      String board = asked.getValue().description();
      List<String> texts =
          List.of(
              "<description>" + board + "</description><answer>1</answer>",
              "<description> " + board + " </description><answer>2</answer>",
              "<description>in my words</description><answer>1</answer>",
              "<answer>1</answer>");
      for (int sample = 0; sample < 4; sample++) {
        completions.add(completion(asked.getKey(), sample, texts.get(sample)));
      }
    }
    return result(completions, 8 * 3);
  }

  private static RolloutResult answers(RolloutPayload asked, List<String> texts) {
    List<RolloutResult.Completion> completions = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      completions.add(completion(asked.prompts().get(i).id(), 0, texts.get(i)));
    }
    return result(completions, 3L * texts.size());
  }

  private static RolloutResult.Completion completion(String prompt, int sample, String text) {
    return new RolloutResult.Completion(
        prompt,
        sample,
        text,
        List.of(1, 2, 3),
        List.of(-0.1, -0.1, -0.1),
        RolloutResult.Finish.STOP);
  }

  private static RolloutResult result(List<RolloutResult.Completion> completions, long tokens) {
    Digest digest = Digest.ofText("state");
    return new RolloutResult(completions, digest, digest, 1, tokens);
  }
}
