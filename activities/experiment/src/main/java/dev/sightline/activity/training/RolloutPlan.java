package dev.sightline.activity.training;

import dev.sightline.activity.Prompts;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SeedTree;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.reward.Mode;
import dev.sightline.reward.PromptTemplate;
import dev.sightline.reward.PromptTemplates;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.triton.policy.Prompt;
import dev.sightline.triton.policy.RolloutPayload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What one GRPO step asks: its items in batch order with their prompts, and a seed for each sample.
 *
 * @param items by prompt id, in batch order
 */
record RolloutPlan(Map<String, DatasetItem> items, RolloutPayload payload) {

  static RolloutPlan of(TrainingContext context, int step) {
    ExperimentSpec.Training training = context.spec().training();
    PromptTemplate template = context.design().template();
    SeedTree seeds = context.seeds();
    List<DatasetItem> drawn =
        new PromptOrder(context.dataset().items(Split.TRAIN), seeds)
            .at(step, training.promptsPerStep());
    Map<String, DatasetItem> items = new LinkedHashMap<>();
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      DatasetItem item = drawn.get(i);
      String id = Prompts.id(i, item);
      items.put(id, item);
      prompts.add(Prompts.of(id, template, item, Mode.IMAGE, context.dataset()));
    }
    return new RolloutPlan(items, payload(training, prompts, seeds.child("sample").child(step)));
  }

  /**
   * The item that a completion answers.
   *
   * @throws SightlineException GROUP_MIXED for a prompt that was not asked
   */
  DatasetItem item(String prompt) {
    DatasetItem item = items.get(prompt);
    if (item == null) {
      throw new SightlineException(
          FailureType.GROUP_MIXED,
          "the rollout holds a completion of a prompt not asked: " + prompt);
    }
    return item;
  }

  /**
   * Some of the step's groups once more, with draws of their own.
   *
   * @param wave how often groups of the step were drawn before, from 1
   */
  RolloutPayload again(TrainingContext context, int step, int wave, List<String> ids) {
    return payload(
        context.spec().training(),
        payload.prompts().stream().filter(prompt -> ids.contains(prompt.id())).toList(),
        context.seeds().child("resample").child(step).child(wave));
  }

  private static RolloutPayload payload(
      ExperimentSpec.Training training, List<Prompt> prompts, SeedTree samples) {
    return new RolloutPayload(
        prompts,
        training.groupSize(),
        prompts.stream()
            .map(
                prompt ->
                    LongStream.range(0, training.groupSize())
                        .mapToObj(sample -> samples.child(prompt.id()).child(sample).seed())
                        .toList())
            .toList(),
        training.temperature(),
        training.maxNewTokens(),
        List.of(PromptTemplates.STOP));
  }
}
