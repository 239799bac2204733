package dev.sightline.triton.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Put an open run back into the state that {@code open} gave. */
public record ResetRequest() implements PolicyJob.WithParameters {
  @Override
  public JobKind kind() {
    return JobKind.RESET;
  }

  @Override
  public Map<String, @Nullable Object> parameters() {
    return Trees.of();
  }
}
