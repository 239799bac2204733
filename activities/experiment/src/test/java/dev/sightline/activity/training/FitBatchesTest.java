package dev.sightline.activity.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.activity.dataset.Samples;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.reward.PromptTemplates;
import dev.sightline.triton.policy.FitPayload;
import dev.sightline.triton.policy.Prompt;
import dev.sightline.triton.policy.StepIdentity;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class FitBatchesTest {
  private static final int STEPS = 50;
  private static final Map<String, DatasetItem> BY_ID =
      Samples.DATASET.items(Split.TRAIN).stream()
          .collect(Collectors.toMap(DatasetItem::id, Function.identity()));

  private final FitBatches batches = new FitBatches(Contexts.warmStart(Samples.SPEC));

  @Test
  void sharesAreThoseOfTheSpec() {
    int rows = 0;
    int images = 0;
    int questions = 0;
    for (int step = 0; step < STEPS; step++) {
      FitPayload batch = at(step);
      for (int i = 0; i < batch.prompts().size(); i++) {
        rows++;
        images += batch.prompts().get(i).image() == null ? 0 : 1;
        questions += asksForPerception(batch.completions().get(i)) ? 1 : 0;
      }
    }

    // 1,600 draws: four standard errors are 0.043 and 0.040.
    assertThat(rows).isEqualTo(STEPS * 32);
    assertThat((double) images / rows).isCloseTo(0.75, within(0.043));
    assertThat((double) questions / rows).isCloseTo(0.2, within(0.040));
  }

  @Test
  void everyTargetAnswersItsOwnItem() {
    FitPayload batch = at(7);

    for (FitPayload.Target target : batch.completions()) {
      DatasetItem item = item(target);
      assertThat(target.text())
          .isIn(
              PromptTemplates.target(PromptTemplates.PROBE, item),
              PromptTemplates.target(PromptTemplates.PERCEPTION, item));
    }
    assertThat(batch.completions().stream().map(FitPayload.Target::prompt).toList())
        .isEqualTo(batch.prompts().stream().map(Prompt::id).toList());
  }

  @Test
  void aBatchIsAFunctionOfItsStep() {
    FitBatches again = new FitBatches(Contexts.warmStart(Samples.SPEC));
    at(0);

    assertThat(again.at(new StepIdentity("sample", 0, 0, 9), 9)).isEqualTo(at(9));
    Set<Object> distinct = new LinkedHashSet<>();
    for (int step = 0; step < 10; step++) {
      distinct.add(at(step).completions());
    }
    assertThat(distinct).hasSize(10);
  }

  @Test
  void oneMicroBatchHoldsAllRows() {
    assertThat(at(0).microBatches()).hasSize(1);
    assertThat(at(0).microBatches().getFirst()).hasSize(32).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void anArmsSupervisedStepsFitThePromptsThatPolicyGradientWouldAsk() {
    TrainingContext arm = Contexts.arm("plain", 1);
    for (int step = 0; step < 3; step++) {
      FitPayload batch = new FitBatches(arm).at(new StepIdentity("sample", 0, 0, step), step);
      RolloutPlan plan = RolloutPlan.of(arm, step);

      assertThat(batch.prompts()).isEqualTo(plan.payload().prompts());
      assertThat(batch.completions())
          .extracting(FitPayload.Target::text)
          .containsExactlyElementsOf(
              plan.items().values().stream()
                  .map(item -> PromptTemplates.target(PromptTemplates.PROBE, item))
                  .toList());
      assertThat(batch.learningRate()).isEqualTo(1e-4);
    }
  }

  private FitPayload at(int step) {
    return batches.at(new StepIdentity("sample", 0, 0, step), step);
  }

  private static DatasetItem item(FitPayload.Target target) {
    return java.util.Objects.requireNonNull(BY_ID.get(target.prompt().substring(5)));
  }

  private static boolean asksForPerception(FitPayload.Target target) {
    return target.text().equals(PromptTemplates.target(PromptTemplates.PERCEPTION, item(target)));
  }
}
