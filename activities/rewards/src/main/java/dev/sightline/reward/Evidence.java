package dev.sightline.reward;

import java.util.Locale;

/** What a term must be given. */
public enum Evidence {
  /** The text and the right answer. */
  COMPLETION,
  /** The true scene, and a template that asks for a description. */
  SCENE,
  /** {@link Recorded#selfAnswer()}, from the twin of the described scene. */
  SELF_ANSWER,
  /** {@link Recorded#selfAnswer()}, from the raw text of the description. */
  RAW_SELF_ANSWER,
  /** {@link Recorded#captionAnswer()}. */
  CAPTION_ANSWER,
  /** {@link Recorded#judgeRecall()}. */
  JUDGE,
  /** {@link Recorded#tokens()}. */
  TOKENS;

  /** The name in records. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
