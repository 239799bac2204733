package dev.sightline.activity.training;

import dev.sightline.activity.Prompts;
import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.reward.Mode;
import dev.sightline.reward.PromptTemplate;
import dev.sightline.reward.PromptTemplates;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.triton.policy.FitPayload;
import dev.sightline.triton.policy.Prompt;
import dev.sightline.triton.policy.StepIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Supervised batches, each a pure function of data set, spec and step. Of a warm start:
 * descriptions with answers, and perception questions, on the image or on the text twin. Of an
 * arm's supervised steps: the right completion of the very prompts that a policy-gradient step
 * would ask.
 */
final class FitBatches {
  private final TrainingContext context;
  private final PromptOrder order;
  private final PromptTemplate template;

  FitBatches(TrainingContext context) {
    this.context = context;
    this.order = new PromptOrder(context.dataset().items(Split.TRAIN), context.seeds());
    if (context.supervised()) {
      ExperimentSpec spec = context.spec();
      String name = context.warmStart().template(spec.evaluation());
      this.template = Prompts.template(name, spec.prompt(name));
    } else {
      this.template = context.design().template();
    }
  }

  FitPayload at(StepIdentity identity, int step) {
    return context.supervised() ? warmStart(identity, step) : arm(identity, step);
  }

  private FitPayload warmStart(StepIdentity identity, int step) {
    ExperimentSpec.WarmStart warmStart = context.warmStart();
    List<DatasetItem> items = order.at(step, warmStart.batchSize());
    SeedTree draws = context.seeds().child("batch").child(step);
    List<Prompt> prompts = new ArrayList<>();
    List<FitPayload.Target> targets = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      DatasetItem item = items.get(i);
      SplittableRandom random = draws.child(i).random();
      Mode mode = random.nextDouble() < warmStart.imageShare() ? Mode.IMAGE : Mode.TEXT;
      PromptTemplate asked =
          random.nextDouble() < warmStart.perceptionQuestionShare()
              ? PromptTemplates.PERCEPTION
              : template;
      String id = Prompts.id(i, item);
      prompts.add(Prompts.of(id, asked, item, mode, context.dataset()));
      targets.add(new FitPayload.Target(id, PromptTemplates.target(asked, item)));
    }
    return payload(identity, step, warmStart.maxGradientNorm(), prompts, targets);
  }

  private FitPayload arm(StepIdentity identity, int step) {
    ExperimentSpec.Training training = context.spec().training();
    List<DatasetItem> items = order.at(step, training.promptsPerStep());
    List<Prompt> prompts = new ArrayList<>();
    List<FitPayload.Target> targets = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      DatasetItem item = items.get(i);
      String id = Prompts.id(i, item);
      prompts.add(Prompts.of(id, template, item, Mode.IMAGE, context.dataset()));
      targets.add(new FitPayload.Target(id, PromptTemplates.target(template, item)));
    }
    return payload(identity, step, training.maxGradientNorm(), prompts, targets);
  }

  private FitPayload payload(
      StepIdentity identity,
      int step,
      double maxGradientNorm,
      List<Prompt> prompts,
      List<FitPayload.Target> targets) {
    return new FitPayload(
        identity,
        context.learningRate(step),
        maxGradientNorm,
        prompts,
        targets,
        List.of(IntStream.range(0, targets.size()).boxed().toList()));
  }
}
