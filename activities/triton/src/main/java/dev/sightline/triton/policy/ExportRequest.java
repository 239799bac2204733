package dev.sightline.triton.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Write the weights into a folder of the server's machine that does not exist yet.
 *
 * @param directory an absolute path
 */
public record ExportRequest(String directory, Layout layout) implements PolicyJob.WithParameters {
  /** MERGED is a whole model in Hugging Face's layout, ADAPTER what PEFT reads. */
  public enum Layout {
    MERGED("merged"),
    ADAPTER("adapter");

    private final String wireName;

    Layout(String wireName) {
      this.wireName = wireName;
    }
  }

  @Override
  public JobKind kind() {
    return JobKind.EXPORT;
  }

  @Override
  public Map<String, @Nullable Object> parameters() {
    return Trees.of("directory", directory, "layout", layout.wireName);
  }
}
