package dev.sightline.triton.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Write the weights in Hugging Face layout into a folder of the server's machine (absolute path).
 */
public record ExportRequest(String directory) implements PolicyJob.WithParameters {
  @Override
  public JobKind kind() {
    return JobKind.EXPORT;
  }

  @Override
  public Map<String, @Nullable Object> parameters() {
    return Trees.of("directory", directory);
  }
}
