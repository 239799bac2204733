package dev.sightline.reward;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The elements that templates ask for and readers look for. */
public enum Tag {
  /** The scene in the family's grammar; the one that is compared with the true scene. */
  DESCRIPTION("description"),
  /** The paper's description in free words; also written with an underscore. */
  IMAGE_DESCRIPTION("image description"),
  THINK("think"),
  RETHINK("rethink"),
  /** What is seen, inside {@link #THINK}. */
  VISUAL("visual"),
  ANSWER("answer");

  private final String word;

  Tag(String word) {
    this.word = word;
  }

  /** What stands between the angle brackets. */
  public String word() {
    return word;
  }

  public String opening() {
    return "<" + word + ">";
  }

  public String closing() {
    return "</" + word + ">";
  }

  /** The name in specifications and records. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Tag> byName(String name) {
    return Arrays.stream(values()).filter(tag -> tag.wireName().equals(name)).findFirst();
  }

  public static List<String> names() {
    return Arrays.stream(values()).map(Tag::wireName).toList();
  }
}
