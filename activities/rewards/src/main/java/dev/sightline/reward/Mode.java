package dev.sightline.reward;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a prompt shows of the scene, and what the completion opens with (science.md 4). */
public enum Mode {
  /** The picture. */
  IMAGE,
  /** The exact text twin instead of the picture. */
  TEXT,
  /** Picture and twin. */
  IMAGE_TEXT,
  /** The picture; the completion opens with the right description. */
  TRUE_DESCRIPTION,
  /** The description that the model itself gave of the picture, without the picture. */
  OWN_DESCRIPTION,
  /** A white picture. */
  BLANK,
  /** The picture of another item. */
  SWAPPED,
  /** The picture; the completion opens with the description of another scene. */
  EDITED_DESCRIPTION;

  /** The name in specifications and records. */
  public String wireName() {
    return this == IMAGE_TEXT ? "image+text" : name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether a picture goes with the prompt, be it the item's own or not. */
  public boolean showsPicture() {
    return this != TEXT && this != OWN_DESCRIPTION;
  }

  /** Whether the text twin stands in the prompt, so that a description may be copied from it. */
  public boolean showsTwin() {
    return this == TEXT || this == IMAGE_TEXT;
  }

  /** Whether the description is given, so that only the answer is the model's own. */
  public boolean givesDescription() {
    return this == TRUE_DESCRIPTION || this == EDITED_DESCRIPTION;
  }

  /** Whether P exists: the model describes, from a picture alone. */
  public boolean perceives() {
    return this == IMAGE || this == BLANK || this == SWAPPED;
  }

  public static Mode ofWireName(String name) {
    for (Mode mode : values()) {
      if (mode.wireName().equals(name)) {
        return mode;
      }
    }
    List<String> known = Arrays.stream(values()).map(Mode::wireName).toList();
    throw new IllegalArgumentException(
        "no mode '" + name + "'; use one of " + String.join(", ", known));
  }
}
