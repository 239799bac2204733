package dev.sightline.activity;

import dev.sightline.activity.dataset.LoadedDataset;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.reward.InvalidDesignException;
import dev.sightline.reward.Mode;
import dev.sightline.reward.PromptTemplate;
import dev.sightline.reward.PromptTemplates;
import dev.sightline.reward.RenderedPrompt;
import dev.sightline.reward.RewardDesign;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.triton.policy.Prompt;
import java.util.Optional;

/** Items as prompts of the policy protocol. */
public final class Prompts {
  private Prompts() {}

  /** Unique in a batch also when an item stands in it twice; sorts in batch order. */
  public static String id(int place, DatasetItem item) {
    return "%04d:%s".formatted(place, item.id());
  }

  public static Prompt of(
      String id, PromptTemplate template, DatasetItem item, Mode mode, LoadedDataset dataset) {
    RenderedPrompt rendered = PromptTemplates.render(template, item, mode);
    return rendered.usesImage()
        ? Prompt.ofImage(id, rendered.text(), dataset.image(item))
        : Prompt.ofText(id, rendered.text());
  }

  /**
   * A template by name: a known one, or a prompt that an arm has of its own.
   *
   * @throws SightlineException INVALID_SPEC
   */
  public static PromptTemplate template(String name, Optional<ExperimentSpec.Prompt> own) {
    try {
      return RewardDesign.template(name, own.orElse(null));
    } catch (InvalidDesignException e) {
      throw new SightlineException(FailureType.INVALID_SPEC, "spec: " + e.getMessage());
    }
  }
}
