package dev.sightline.activity.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.reward.PromptTemplates;
import dev.sightline.triton.policy.RolloutResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StepScoresTest {
  private static final String WRONG = "<answer>99</answer>";

  private final TrainingContext plain = Contexts.arm("plain", 1);
  private final RolloutPlan plan = RolloutPlan.of(plain, 0);

  @Test
  void advantagesAreThoseWorkedOutByHand() {
    // Rewards 1 0 0 0: mean 1/4, standard deviation (n - 1) sqrt((9/16 + 3/16) / 3) = 1/2.
    // Rewards 1 1 0 0: mean 1/2, standard deviation sqrt(4 x 1/4 / 3) = 0.57735.
    RolloutResult rollout =
        rollout(plan, List.of(true, false, false, false, true, true, false, false));

    StepScores scores = StepScores.of(plain, plan, Sampled.once(rollout), 0);

    double high = 0.75 / (0.5 + 1e-4);
    double low = -0.25 / (0.5 + 1e-4);
    double even = 0.5 / (Math.sqrt(1.0 / 3) + 1e-4);
    List<Double> wanted = List.of(high, low, low, low, even, even, -even, -even);
    assertThat(scores.advantages()).hasSize(8);
    for (int i = 0; i < 8; i++) {
      assertThat(scores.advantages().get(i)).isCloseTo(wanted.get(i), within(1e-12));
    }
    assertThat(scores.metrics())
        .containsEntry("reward", 3.0 / 8)
        .containsEntry("terms", Map.of("accuracy", 3.0 / 8))
        .containsEntry("allWrong", 0)
        .containsEntry("allRight", 0)
        .containsEntry("mixed", 2)
        .containsEntry("degenerate", 0)
        .containsEntry("attribution", Map.of("accuracy", 1.0))
        .containsEntry("attributionSeveral", 0.0)
        .containsEntry(
            "termGroups",
            Map.of("accuracy", Map.of("allWrong", 0, "allRight", 0, "tied", 0, "mixed", 2)))
        .containsEntry("completionTokens", 2.0);
  }

  @Test
  void aGroupWithoutDifferencesTeachesNothing() {
    RolloutResult rollout =
        rollout(plan, List.of(true, true, true, true, false, false, false, false));

    StepScores scores = StepScores.of(plain, plan, Sampled.once(rollout), 0);

    assertThat(scores.advantages()).containsOnly(0.0);
    assertThat(scores.metrics())
        .containsEntry("allRight", 1)
        .containsEntry("allWrong", 1)
        .containsEntry("degenerate", 2)
        .containsEntry("attribution", Map.of("accuracy", 0.0));
  }

  @Test
  void aShuffleMovesRewardsAndKeepsThemAll() {
    TrainingContext lots = Contexts.arm("lots", 1);
    RolloutResult rollout =
        rollout(plan, List.of(true, false, false, false, false, false, false, false));

    Set<List<Double>> seen = new HashSet<>();
    for (int step = 0; step < 40; step++) {
      StepScores scores = StepScores.of(lots, plan, Sampled.once(rollout), step);
      assertThat(scores.metrics()).containsEntry("reward", 1.0 / 8);
      assertThat(scores.completions())
          .containsExactlyInAnyOrderElementsOf(
              StepScores.of(plain, plan, Sampled.once(rollout), step).completions());
      assertThat(StepScores.of(lots, plan, Sampled.once(rollout), step)).isEqualTo(scores);
      seen.add(scores.advantages());
    }
    // The one reward lands on each of the eight places: over the step, not within a group.
    assertThat(seen).hasSize(8);
  }

  @Test
  void aCompletionMoreOrLessIsRefused() {
    List<RolloutResult.Completion> seven =
        rollout(plan, List.of(true, true, true, true, true, true, true, true))
            .completions()
            .subList(0, 7);

    assertThatThrownBy(() -> StepScores.of(plain, plan, Sampled.once(result(seven)), 0))
        .hasMessageContaining("7 completions, not 8");
  }

  @Test
  void aCompletionOfAPromptNotAskedIsRefused() {
    List<RolloutResult.Completion> completions =
        new ArrayList<>(
            rollout(plan, List.of(true, true, true, true, true, true, true, true)).completions());
    completions.set(5, completion("0009:train-1", 1, WRONG));

    assertThatThrownBy(() -> StepScores.of(plain, plan, Sampled.once(result(completions)), 0))
        .hasMessageContaining("a prompt not asked: 0009:train-1");
  }

  @Test
  void aCompletionInAnotherPromptsGroupIsRefused() {
    List<RolloutResult.Completion> completions =
        new ArrayList<>(
            rollout(plan, List.of(true, true, true, true, true, true, true, true)).completions());
    RolloutResult.Completion kept = completions.get(3);
    completions.set(3, completions.get(4));
    completions.set(4, kept);

    assertThatThrownBy(() -> StepScores.of(plain, plan, Sampled.once(result(completions)), 0))
        .hasMessageContaining("completion 3 answers prompt " + digest(plan, 1))
        .hasMessageContaining("group of prompt " + digest(plan, 0));
  }

  @Test
  void scoresSurviveTheirBytes() {
    StepScores scores =
        StepScores.of(
            plain,
            plan,
            Sampled.once(
                rollout(plan, List.of(true, false, false, false, true, true, false, false))),
            0);

    StepScores read = StepScores.read(scores.bytes());

    assertThat(read.advantages()).isEqualTo(scores.advantages());
    assertThat(read.bytes()).isEqualTo(scores.bytes());
  }

  private static String digest(RolloutPlan plan, int place) {
    return plan.payload().prompts().get(place).digest().shortForm();
  }

  private static RolloutResult rollout(RolloutPlan plan, List<Boolean> right) {
    List<RolloutResult.Completion> completions = new ArrayList<>();
    for (Map.Entry<String, DatasetItem> asked : plan.items().entrySet()) {
      String answer = PromptTemplates.target(PromptTemplates.PROBE, asked.getValue());
      for (int sample = 0; sample < 4; sample++) {
        String text = right.get(completions.size()) ? answer : WRONG;
        completions.add(completion(asked.getKey(), sample, text));
      }
    }
    return result(completions);
  }

  private static RolloutResult.Completion completion(String prompt, int sample, String text) {
    return new RolloutResult.Completion(
        prompt, sample, text, List.of(1, 2), List.of(-0.1, -0.2), RolloutResult.Finish.STOP);
  }

  private static RolloutResult result(List<RolloutResult.Completion> completions) {
    Digest digest = Digest.of(new byte[0]);
    return new RolloutResult(completions, digest, digest, 0, 0);
  }
}
