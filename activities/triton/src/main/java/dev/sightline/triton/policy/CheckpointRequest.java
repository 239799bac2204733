package dev.sightline.triton.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Write the run's state to the server's checkpoint folder, in two phases.
 *
 * @param name for people, in the journal: {@code <run>/<branch>-<step>}
 */
public record CheckpointRequest(String name) implements PolicyJob.WithParameters {
  @Override
  public JobKind kind() {
    return JobKind.CHECKPOINT;
  }

  @Override
  public Map<String, @Nullable Object> parameters() {
    return Trees.of("name", name);
  }
}
