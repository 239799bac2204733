package dev.sightline.reward;

import dev.sightline.foundation.Digest;
import java.util.Map;

/**
 * A named way to ask.
 *
 * @param asks which of an item's two questions
 * @param describes whether a description is asked for before the answer
 * @param instruction what follows the question; {@code {grammar}} stands for the family's hint
 */
public record PromptTemplate(String name, Question asks, boolean describes, String instruction) {
  /** Which question of an item. */
  public enum Question {
    /** The puzzle. */
    PUZZLE,
    /** The question that only looking answers. */
    PERCEPTION
  }

  /** Changes whenever a prompt made from this template would. */
  public Digest digest() {
    return Digest.ofCanonical(
        Map.of(
            "name", name,
            "asks", asks.name(),
            "describes", describes,
            "instruction", instruction,
            "layout", 1));
  }
}
