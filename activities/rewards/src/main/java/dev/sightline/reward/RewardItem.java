package dev.sightline.reward;

import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.dataset.DatasetItem;
import org.jspecify.annotations.Nullable;

/**
 * What a completion is judged against.
 *
 * @param answer the right one
 * @param shown the scene behind the picture, or null where it is not known
 */
public record RewardItem(String answer, AnswerType answerType, @Nullable Shown shown) {
  /** The scene that was shown, and what was asked about it. */
  public record Shown(ConfiguredFamily family, Scene scene, Question asked) {}

  /** An item of a data set, as a template asks it. */
  public static RewardItem of(
      DatasetItem item, ConfiguredFamily family, PromptTemplate.Question asks) {
    Shown shown = new Shown(family, family.readScene(item.scene()), item.asked());
    return switch (asks) {
      case PUZZLE -> new RewardItem(item.answer(), item.answerType(), shown);
      case PERCEPTION ->
          new RewardItem(
              item.perceptionQuestion().answer(), item.perceptionQuestion().answerType(), shown);
    };
  }
}
