package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the policy is shown.
 *
 * @param id unique within a payload
 * @param text the user turn; {@code <image>} marks the image's place, exactly once if there is one
 * @param image base64 of a PNG, or null
 * @param assistantPrefix opens the assistant's turn, often empty
 */
public record Prompt(String id, String text, @Nullable String image, String assistantPrefix) {
  public static final String IMAGE_MARK = "<image>";

  public Prompt {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a prompt's id is blank");
    }
    int first = text.indexOf(IMAGE_MARK);
    boolean once = first >= 0 && text.indexOf(IMAGE_MARK, first + 1) < 0;
    if (image == null ? first >= 0 : !once) {
      throw new IllegalArgumentException(
          "prompt "
              + id
              + " must hold "
              + IMAGE_MARK
              + (image == null ? " nowhere: it has no image" : " exactly once"));
    }
  }

  public static Prompt ofImage(String id, String text, byte[] png) {
    return new Prompt(id, text, Base64.getEncoder().encodeToString(png), "");
  }

  public static Prompt ofText(String id, String text) {
    return new Prompt(id, text, null, "");
  }

  public Prompt withAssistantPrefix(String prefix) {
    return new Prompt(id, text, image, prefix);
  }

  /** Names all of it, the id too: two equal digests are one prompt of one payload. */
  public Digest digest() {
    return Digest.ofCanonical(toTree());
  }

  Map<String, @Nullable Object> toTree() {
    return Trees.of("id", id, "text", text, "image", image, "assistantPrefix", assistantPrefix);
  }

  static List<Map<String, @Nullable Object>> trees(List<Prompt> prompts) {
    return prompts.stream().map(Prompt::toTree).toList();
  }
}
