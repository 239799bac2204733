package dev.sightline.activity.training;

import dev.sightline.activity.Prompts;
import dev.sightline.foundation.SeedTree;
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
    SeedTree samples = seeds.child("sample").child(step);
    Map<String, DatasetItem> items = new LinkedHashMap<>();
    List<Prompt> prompts = new ArrayList<>();
    List<List<Long>> sampleSeeds = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      DatasetItem item = drawn.get(i);
      String id = Prompts.id(i, item);
      items.put(id, item);
      prompts.add(Prompts.of(id, template, item, Mode.IMAGE, context.dataset()));
      sampleSeeds.add(
          LongStream.range(0, training.groupSize())
              .mapToObj(sample -> samples.child(id).child(sample).seed())
              .toList());
    }
    return new RolloutPlan(
        items,
        new RolloutPayload(
            prompts,
            training.groupSize(),
            sampleSeeds,
            training.temperature(),
            training.maxNewTokens(),
            List.of(PromptTemplates.STOP)));
  }
}
