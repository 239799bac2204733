package dev.sightline.triton.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The clipped policy-gradient loss of the GRPO family.
 *
 * @param clipLow the ratio is held above {@code 1 - clipLow}
 * @param clipHigh the ratio is held below {@code 1 + clipHigh}
 * @param constantLength tokens; given for {@link Aggregation#CONSTANT} and null otherwise
 */
public record ClippedLoss(
    double clipLow, double clipHigh, Aggregation aggregation, @Nullable Integer constantLength) {
  public ClippedLoss {
    if (clipLow < 0 || clipHigh < 0) {
      throw new IllegalArgumentException("clip bounds are not negative");
    }
    if ((aggregation == Aggregation.CONSTANT) != (constantLength != null)) {
      throw new IllegalArgumentException(
          "constantLength goes with aggregation constant, and only with it");
    }
  }

  /** How the terms of tokens become one number (PROTOCOL.md, "train"). */
  public enum Aggregation {
    SEQUENCE_MEAN("sequence-mean"),
    TOKEN_MEAN("token-mean"),
    CONSTANT("constant");

    private final String wireName;

    Aggregation(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  Map<String, @Nullable Object> toTree() {
    return Trees.of(
        "kind", "grpo",
        "clipLow", clipLow,
        "clipHigh", clipHigh,
        "aggregation", aggregation.wireName(),
        "constantLength", constantLength);
  }
}
