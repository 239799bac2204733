package dev.sightline.reward;

import org.jspecify.annotations.Nullable;

/**
 * What others found out about a completion. Null: nobody did.
 *
 * @param selfAnswer what the frozen start checkpoint answered from the twin that was drawn up again
 *     from this completion's description
 * @param captionAnswer what the model answered from the text of the description alone
 * @param judgeRecall share in [0, 1] of the visual facts that a judge found in the completion
 * @param tokens length of the completion
 */
public record Recorded(
    @Nullable String selfAnswer,
    @Nullable String captionAnswer,
    @Nullable Double judgeRecall,
    @Nullable Integer tokens) {
  public static final Recorded NOTHING = new Recorded(null, null, null, null);

  public Recorded {
    if (judgeRecall != null && !(judgeRecall >= 0 && judgeRecall <= 1)) {
      throw new IllegalArgumentException("judgeRecall: is " + judgeRecall + "; use 0 to 1");
    }
    if (tokens != null && tokens < 0) {
      throw new IllegalArgumentException("tokens: is " + tokens + "; use 0 or more");
    }
  }

  /** With what readers answered; null: they were not asked. */
  public Recorded with(@Nullable String self, @Nullable String caption) {
    return new Recorded(self, caption, judgeRecall, tokens);
  }

  public static Recorded ofTokens(int tokens) {
    return new Recorded(null, null, null, tokens);
  }
}
