package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Put an open run into a checkpoint's state; {@code expectedLineage} is null. */
public record RestoreRequest(Digest checkpoint) implements PolicyJob.WithParameters {
  @Override
  public JobKind kind() {
    return JobKind.RESTORE;
  }

  @Override
  public Map<String, @Nullable Object> parameters() {
    return Trees.of("checkpoint", checkpoint);
  }
}
