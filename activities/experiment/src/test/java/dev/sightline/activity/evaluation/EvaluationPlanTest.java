package dev.sightline.activity.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.activity.dataset.Samples;
import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.reward.PromptTemplates;
import dev.sightline.spec.Split;
import dev.sightline.storage.EvaluationStore.ItemKey;
import dev.sightline.storage.EvaluationStore.ItemRow;
import dev.sightline.triton.policy.Prompt;
import dev.sightline.triton.policy.RolloutPayload;
import dev.sightline.triton.policy.RolloutResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EvaluationPlanTest {
  private final List<DatasetItem> items =
      Samples.DATASET.items(dev.sightline.puzzle.dataset.Split.TEST);
  private final EvaluationPlan test = plan(Split.TEST, "checkpoint");

  @Test
  void batchesHoldEachItemOnceInEachVariant() {
    List<ItemKey> keys = new ArrayList<>();
    for (int batch = 0; batch < test.batches(); batch++) {
      keys.addAll(test.keys(batch));
    }

    List<ItemKey> wanted = new ArrayList<>();
    for (String variant : List.of("image", "text", EvaluationPlan.QUESTION)) {
      items.forEach(item -> wanted.add(new ItemKey(variant, item.id())));
    }
    assertThat(keys).containsExactlyElementsOf(wanted);
    // 21 items by 8: three batches a variant, the last of 5.
    assertThat(test.batches()).isEqualTo(9);
    assertThat(test.keys(2)).hasSize(5);
  }

  @Test
  void aBatchAsksForItsKeysGreedilyAndShowsWhatItsVariantSays() {
    for (int batch = 0; batch < test.batches(); batch++) {
      RolloutPayload payload = test.payload(batch, Map.of());
      assertThat(payload.prompts().stream().map(Prompt::id).toList())
          .isEqualTo(test.keys(batch).stream().map(ItemKey::item).toList());
      assertThat(payload.samples()).isEqualTo(1);
      assertThat(payload.temperature()).isZero();
      boolean text = test.keys(batch).getFirst().variant().equals("text");
      assertThat(payload.prompts()).allMatch(prompt -> (prompt.image() == null) == text);
    }
    assertThat(test.payload(6, Map.of()).prompts())
        .isNotEqualTo(test.payload(0, Map.of()).prompts());
  }

  @Test
  void devIsAskedOnlyInItsOwnModes() {
    EvaluationPlan dev = plan(Split.DEV, "checkpoint");

    // 10 items by 8 in image and question.
    assertThat(dev.batches()).isEqualTo(4);
    assertThat(dev.keys(3).getFirst().variant()).isEqualTo(EvaluationPlan.QUESTION);
  }

  @Test
  void anotherPolicyOrSplitIsAnotherEvaluation() {
    Digest digest = test.digest();

    assertThat(plan(Split.TEST, "checkpoint").digest()).isEqualTo(digest);
    assertThat(plan(Split.TEST, "another").digest()).isNotEqualTo(digest);
    assertThat(plan(Split.DEV, "checkpoint").digest()).isNotEqualTo(digest);
  }

  @Test
  void rowsJudgeEachAnswerOfItsOwnItem() {
    List<RolloutResult.Completion> answers = new ArrayList<>();
    for (int i = 8; i < 16; i++) {
      DatasetItem item = items.get(i);
      // The last one answers wrongly, and describes rightly.
      String target = PromptTemplates.target(PromptTemplates.PROBE, item);
      String text = i == 15 ? target.replaceAll("<answer>.*", "<answer>99</answer>") : target;
      answers.add(answer(item.id(), text));
    }

    List<ItemRow> rows = test.rows(1, result(answers));

    assertThat(rows.stream().map(ItemRow::key).toList()).isEqualTo(test.keys(1));
    assertThat(rows.getFirst().body().path("accurate").asBoolean()).isTrue();
    assertThat(rows.getLast().body().path("accurate").asBoolean()).isFalse();
    assertThat(rows).allMatch(row -> row.body().path("perception").asBoolean());
  }

  @Test
  void answersInAnotherOrderAreRefused() {
    List<RolloutResult.Completion> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(answer(items.get(i).id(), "<answer>1</answer>"));
    }
    Collections.swap(answers, 2, 5);

    assertThatThrownBy(() -> test.rows(0, result(answers)))
        .hasMessageContaining("answer 2 is of " + items.get(5).id());
  }

  private static EvaluationPlan plan(Split split, String policy) {
    return new EvaluationPlan(
        EvaluationPlan.spec(Samples.SPEC, policy, Samples.DATASET, split, "probe"),
        Samples.DATASET);
  }

  private static RolloutResult.Completion answer(String prompt, String text) {
    return new RolloutResult.Completion(
        prompt, 0, text, List.of(1), List.of(-0.1), RolloutResult.Finish.STOP);
  }

  private static RolloutResult result(List<RolloutResult.Completion> completions) {
    Digest digest = Digest.of(new byte[0]);
    return new RolloutResult(completions, digest, digest, 0, 0);
  }
}
