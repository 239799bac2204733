package dev.sightline.triton.policy;

import org.jspecify.annotations.Nullable;

/**
 * In whose name a run's operation is called.
 *
 * @param fencingToken of the lease; the server refuses one lower than it has seen for the run
 * @param incarnation the load of the model that the caller counts on, or null to take any
 */
public record PolicyCall(String run, long fencingToken, @Nullable String incarnation) {
  public PolicyCall {
    if (run.isBlank()) {
      throw new IllegalArgumentException("a policy call's run id is blank");
    }
    if (fencingToken < 0) {
      throw new IllegalArgumentException("a fencing token is not negative: " + fencingToken);
    }
  }

  public PolicyCall onIncarnation(@Nullable String other) {
    return new PolicyCall(run, fencingToken, other);
  }
}
