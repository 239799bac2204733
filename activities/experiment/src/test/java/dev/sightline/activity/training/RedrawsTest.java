package dev.sightline.activity.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.activity.Trees;
import dev.sightline.activity.dataset.Samples;
import dev.sightline.foundation.Digest;
import dev.sightline.reward.PromptTemplates;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.triton.policy.Prompt;
import dev.sightline.triton.policy.RolloutPayload;
import dev.sightline.triton.policy.RolloutResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two groups of four, as the sample experiment has them. */
final class RedrawsTest {
  private static final ExperimentSpec.Resample RULE = new ExperimentSpec.Resample(3, 2);

  private final TrainingContext context = Contexts.arm("plain", 1);
  private final RolloutPlan plan = RolloutPlan.of(context, 0);
  private final List<String> ids = List.copyOf(plan.items().keySet());

  @Test
  void onlyGroupsWithoutAdvantagesAreDrawnAgain() {
    byte[] rollout = rollout(ids, List.of(4, 2), 0);

    assertThat(next(RULE, rollout)).containsExactly(ids.get(0));
    assertThat(next(RULE, rollout(ids, List.of(1, 3), 0))).isEmpty();
    assertThat(next(RULE, rollout(ids, List.of(0, 4), 0))).containsExactlyElementsOf(ids);
    assertThat(next(new ExperimentSpec.Resample(1, 2), rollout(ids, List.of(0, 4), 0)))
        .containsExactly(ids.get(0));
  }

  @Test
  void aDrawTakesThePlaceOfTheOneBeforeWhateverItIs() {
    byte[] first = rollout(ids, List.of(4, 2), 0);
    byte[] worse = again(first, List.of(ids.get(0)), List.of(0), 1);
    byte[] mixed = again(worse, List.of(ids.get(0)), List.of(3), 2);

    // All wrong took the place of all right: nothing is chosen by its reward.
    assertThat(scores(worse).metrics()).containsEntry("allWrong", 1).containsEntry("reward", 0.25);
    assertThat(next(RULE, worse)).containsExactly(ids.get(0));
    assertThat(scores(mixed).metrics())
        .containsEntry("degenerate", 0)
        .containsEntry("reward", 5.0 / 8)
        .containsEntry(
            "resampled",
            Map.of(
                "waves", 2,
                "drawn", 2,
                "rescued", 1,
                "droppedTokens", 16L,
                "firstReward", 6.0 / 8,
                "firstDegenerate", 1));
    // Two tries are used up, whatever is left of the budget.
    assertThat(next(RULE, mixed)).isEmpty();
    assertThat(next(RULE, again(worse, List.of(ids.get(0)), List.of(4), 2))).isEmpty();
    Redraws read = Redraws.of(mixed);
    assertThat(read.wave(ids.get(0))).isEqualTo(2);
    assertThat(read.wave(ids.get(1))).isZero();
    assertThat(read.waves().getFirst().rollout())
        .isEqualTo(Digest.of(rollout(List.of(ids.get(0)), List.of(0), 1)));
    assertThat(RolloutResult.read(mixed).completions())
        .extracting(completion -> completion.prompt() + "/" + completion.sample())
        .containsExactlyElementsOf(
            RolloutResult.read(first).completions().stream()
                .map(completion -> completion.prompt() + "/" + completion.sample())
                .toList());
  }

  @Test
  void theBudgetCountsGroupsOverAllDraws() {
    byte[] first = rollout(ids, List.of(0, 4), 0);
    byte[] second = again(first, ids, List.of(4, 0), 1);

    assertThat(next(RULE, second)).containsExactly(ids.get(0));
    assertThat(next(new ExperimentSpec.Resample(2, 16), second)).isEmpty();
  }

  @Test
  void everyDrawHasSeedsOfItsOwn() {
    Set<Long> seen = new HashSet<>();
    int drawn = 0;
    List<RolloutPayload> payloads = new ArrayList<>(List.of(plan.payload()));
    for (int step = 0; step < 3; step++) {
      for (int wave = 1; wave < 4; wave++) {
        payloads.add(plan.again(context, step, wave, ids));
      }
    }
    for (RolloutPayload payload : payloads) {
      for (List<Long> seeds : Objects.requireNonNull(payload.sampleSeeds())) {
        seen.addAll(seeds);
        drawn += seeds.size();
      }
    }

    assertThat(seen).hasSize(drawn);
    RolloutPayload one = plan.again(context, 0, 1, List.of(ids.get(1)));
    assertThat(one.prompts()).extracting(Prompt::id).containsExactly(ids.get(1));
    // What a group draws does not depend on which others are drawn beside it.
    assertThat(Objects.requireNonNull(one.sampleSeeds()).getFirst())
        .isEqualTo(Objects.requireNonNull(plan.again(context, 0, 1, ids).sampleSeeds()).getLast());
  }

  @Test
  void aRewardByLotIsDrawnAnewToo() {
    TrainingContext random =
        Contexts.arm(
            Samples.spec(
                Samples.YAML.replace(
                    "- name: plain\n    terms: [ { term: accuracy,",
                    "- name: plain\n    terms: [ { term: random,")),
            "plain",
            1);
    Set<List<Map<String, Object>>> seen = new HashSet<>();
    byte[] rollout = rollout(ids, List.of(4, 4), 0);
    for (int wave = 1; wave < 12; wave++) {
      Redraws redraws = redraws(wave);
      StepScores scores = StepScores.of(random, plan, sampled(rollout, redraws), 0);
      seen.add(List.of(Map.of("advantages", scores.advantages())));
    }
    assertThat(seen).hasSizeGreaterThan(8);
  }

  private Redraws redraws(int waves) {
    List<Redraws.Wave> all = new ArrayList<>();
    for (int wave = 0; wave < waves; wave++) {
      all.add(new Redraws.Wave(Digest.ofText("wave" + wave), ids));
    }
    return new Redraws(all, 0, 0);
  }

  private byte[] again(byte[] rollout, List<String> prompts, List<Integer> right, int wave) {
    byte[] drawn = rollout(prompts, right, wave);
    return Redraws.of(rollout)
        .with(rollout, scores(rollout), new Redraws.Wave(Digest.of(drawn), prompts), drawn);
  }

  private List<String> next(ExperimentSpec.Resample rule, byte[] rollout) {
    return Redraws.of(rollout).next(rule, RolloutResult.read(rollout), scores(rollout));
  }

  private StepScores scores(byte[] rollout) {
    return StepScores.of(context, plan, sampled(rollout, Redraws.of(rollout)), 0);
  }

  private static Sampled sampled(byte[] rollout, Redraws redraws) {
    return new Sampled(RolloutResult.read(rollout), redraws, Readings.NONE);
  }

  /** As the policy server answers; the first so many completions of a group are right. */
  private byte[] rollout(List<String> prompts, List<Integer> right, int salt) {
    List<Object> completions = new ArrayList<>();
    for (int group = 0; group < prompts.size(); group++) {
      for (int sample = 0; sample < 4; sample++) {
        Map<String, Object> completion = new LinkedHashMap<>();
        completion.put("prompt", prompts.get(group));
        completion.put("sample", sample);
        completion.put(
            "text",
            sample < right.get(group)
                ? PromptTemplates.target(
                    PromptTemplates.PROBE,
                    Objects.requireNonNull(plan.items().get(prompts.get(group))))
                : "<answer>99</answer>");
        completion.put("tokens", List.of(1, 2 + salt));
        completion.put("logProbs", List.of(-0.1, -0.2));
        completion.put("finish", "stop");
        completions.add(completion);
      }
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("completions", completions);
    tree.put("lineage", Digest.ofText("lineage").hex());
    tree.put("stateDigest", Digest.ofText("state").hex());
    tree.put("metrics", Map.of("promptTokens", 10, "completionTokens", 8 * prompts.size()));
    return Trees.bytes(tree);
  }
}
