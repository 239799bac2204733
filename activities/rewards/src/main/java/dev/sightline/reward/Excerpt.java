package dev.sightline.reward;

import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import java.util.Optional;

/**
 * What of a completion a reader is shown in the picture's place. A reader answers the item's
 * question without the picture; whether it can is what {@code self_sufficient} and {@code
 * caption_reader} pay.
 */
public enum Excerpt {
  /** The text twin of the described scene, drawn up again: nothing of the wording is left. */
  TWIN,
  /** The text of the description, without white space around it. */
  DESCRIPTION;

  /**
   * The text for a reader; empty where the completion has none, and the reader is not asked.
   *
   * @param template what was asked of the completion
   */
  public Optional<String> of(
      PromptTemplate template, ConfiguredFamily family, AnswerType type, String completion) {
    TaggedText tagged = TaggedText.read(completion);
    Optional<String> description =
        template.describes()
            ? CompletionReader.read(tagged, type).description()
            : tagged.first(Tag.IMAGE_DESCRIPTION).map(found -> found.content().of(completion));
    return switch (this) {
      case TWIN -> description.map(family::readDescription).flatMap(read -> twin(family, read));
      case DESCRIPTION -> description.map(String::strip).filter(text -> !text.isEmpty());
    };
  }

  private static Optional<String> twin(ConfiguredFamily family, DescriptionReading read) {
    return read instanceof DescriptionReading.Complete complete
        ? Optional.of(family.textTwin(complete.scene()))
        : Optional.empty();
  }
}
