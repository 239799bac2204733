package dev.sightline.reward;

import dev.sightline.foundation.Digest;
import java.util.List;
import java.util.Map;

/**
 * A named way to ask.
 *
 * @param asks which of an item's two questions
 * @param tags the elements asked for, in order; the last one is the answer. {@link Tag#VISUAL} lies
 *     inside {@link Tag#THINK}
 * @param instruction what follows the question; {@code {subject}} and {@code {grammar}} stand for
 *     the family's words
 */
public record PromptTemplate(String name, Question asks, List<Tag> tags, String instruction) {
  /** Which question of an item. */
  public enum Question {
    /** The puzzle. */
    PUZZLE,
    /** The question that only looking answers. */
    PERCEPTION
  }

  public PromptTemplate {
    tags = List.copyOf(tags);
    if (tags.isEmpty() || tags.getLast() != Tag.ANSWER) {
      throw new InvalidDesignException(
          "prompt.tags",
          "do not end with answer",
          "ask for the answer last: generation ends there");
    }
    if (tags.stream().distinct().count() != tags.size()) {
      throw new InvalidDesignException("prompt.tags", "name a tag twice", "name each tag once");
    }
    if (tags.contains(Tag.VISUAL) && !tags.contains(Tag.THINK)) {
      throw new InvalidDesignException(
          "prompt.tags", "have visual without think", "add think: visual stands inside it");
    }
  }

  /**
   * A template of one's own, for the puzzle.
   *
   * @throws InvalidDesignException with field, problem and fix
   */
  public static PromptTemplate own(String name, List<String> tags, String text) {
    List<Tag> known =
        tags.stream()
            .map(
                tag ->
                    Tag.byName(tag)
                        .orElseThrow(
                            () ->
                                new InvalidDesignException(
                                    "prompt.tags",
                                    "there is no tag '" + tag + "'",
                                    "use " + String.join(", ", Tag.names()))))
            .toList();
    PromptTemplate own = new PromptTemplate(name, Question.PUZZLE, known, " " + text.strip());
    for (Tag tag : known) {
      if (!text.contains(tag.opening())) {
        throw new InvalidDesignException(
            "prompt.text",
            "never says " + tag.opening(),
            "tell the model to write it, or leave " + tag.wireName() + " out of tags");
      }
    }
    if (text.contains(PromptTemplates.IMAGE_MARK)) {
      throw new InvalidDesignException(
          "prompt.text",
          "holds " + PromptTemplates.IMAGE_MARK,
          "leave it out: the picture stands before the question");
    }
    return own;
  }

  /** Whether a description in the family's grammar is asked for. */
  public boolean describes() {
    return tags.contains(Tag.DESCRIPTION);
  }

  /** Changes whenever a prompt made from this template would. */
  public Digest digest() {
    return Digest.ofCanonical(
        Map.of(
            "name",
            name,
            "asks",
            asks.name(),
            "tags",
            tags.stream().map(Tag::wireName).toList(),
            "instruction",
            instruction,
            "layout",
            1));
  }
}
