package dev.sightline.activity.training;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.reward.CompletionReader;
import dev.sightline.reward.Excerpt;
import dev.sightline.reward.PromptTemplate;
import dev.sightline.reward.PromptTemplates;
import dev.sightline.reward.Recorded;
import dev.sightline.reward.RewardDesign;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.triton.policy.Prompt;
import dev.sightline.triton.policy.RolloutPayload;
import dev.sightline.triton.policy.RolloutResult;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The second questions of a step: for every completion the item's question with a part of the
 * completion in the picture's place, greedily answered. Equal questions are asked once.
 */
final class ReaderPlan {
  private final TrainingContext context;
  private final Map<Reader, Excerpt> shown = new EnumMap<>(Reader.class);

  ReaderPlan(TrainingContext context) {
    this.context = context;
    RewardDesign design = context.design();
    for (Reader reader : Reader.values()) {
      reader.shown(design).ifPresent(excerpt -> shown.put(reader, excerpt));
    }
  }

  /**
   * What a reader has not answered yet; empty: nothing.
   *
   * @param plan of the rollout
   */
  Optional<RolloutPayload> missing(
      Reader reader, RolloutPlan plan, RolloutResult rollout, Readings known) {
    Map<String, Prompt> prompts = new LinkedHashMap<>();
    for (RolloutResult.Completion completion : rollout.completions()) {
      question(reader, plan.item(completion.prompt()), completion.text())
          .filter(text -> known.answer(reader, id(text)).isEmpty())
          .ifPresent(text -> prompts.putIfAbsent(id(text), Prompt.ofText(id(text), text)));
    }
    if (prompts.isEmpty()) {
      return Optional.empty();
    }
    ExperimentSpec.Training training = context.spec().training();
    return Optional.of(
        new RolloutPayload(
            new ArrayList<>(prompts.values()),
            1,
            null,
            0,
            training.maxNewTokens(),
            List.of(PromptTemplates.STOP),
            reader == Reader.START));
  }

  /**
   * What is recorded of a completion beside its length. A reader that was shown nothing, for there
   * was no description, has given the empty answer, which is never right.
   */
  Recorded recorded(DatasetItem item, RolloutResult.Completion completion, Readings readings) {
    return Recorded.ofTokens(completion.tokens().size())
        .with(
            answer(Reader.START, item, completion.text(), readings),
            answer(Reader.CURRENT, item, completion.text(), readings));
  }

  private @Nullable String answer(
      Reader reader, DatasetItem item, String completion, Readings readings) {
    if (!shown.containsKey(reader)) {
      return null;
    }
    AnswerType type = item.answerType();
    return question(reader, item, completion)
        .map(
            text ->
                readings
                    .answer(reader, id(text))
                    .orElseThrow(
                        () ->
                            new IllegalStateException(
                                "the reader " + reader.wireName() + " was not asked: " + text)))
        .flatMap(said -> CompletionReader.read(said, type).answer())
        .orElse("");
  }

  private Optional<String> question(Reader reader, DatasetItem item, String completion) {
    Excerpt excerpt = shown.get(reader);
    if (excerpt == null) {
      return Optional.empty();
    }
    PromptTemplate template = context.design().template();
    return excerpt
        .of(template, context.dataset().family(item), item.answerType(), completion)
        .map(part -> PromptTemplates.renderText(template, item, part).text());
  }

  private static String id(String question) {
    return Digest.ofText(question).hex();
  }
}
