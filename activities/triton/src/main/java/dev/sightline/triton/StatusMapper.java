package dev.sightline.triton;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.regex.Pattern;

/** The one place where a gRPC status becomes a {@link FailureType}. */
final class StatusMapper {
  /** Triton 2.51 says "Stub process 'policy_0_0' is not healthy." */
  private static final Pattern DEAD_STUB =
      Pattern.compile("stub process .*(not healthy|exited|unexpectedly)", Pattern.CASE_INSENSITIVE);

  /** What Triton says of a model that is being loaded anew. */
  private static final Pattern NO_MODEL =
      Pattern.compile("unknown model", Pattern.CASE_INSENSITIVE);

  private StatusMapper() {}

  /** Whether a call met no server: what answers is there, whatever it says. */
  static boolean away(Status status, boolean interrupted) {
    String said = status.getDescription() == null ? "" : status.getDescription();
    if (DEAD_STUB.matcher(said).find() || NO_MODEL.matcher(said).find()) {
      return false;
    }
    Status.Code code = status.getCode();
    return code == Status.Code.UNAVAILABLE
        || code == Status.Code.DEADLINE_EXCEEDED
        || (code == Status.Code.CANCELLED && !interrupted);
  }

  /**
   * @param what the call in words, for the message
   * @param interrupted whether the calling thread was interrupted: only then is CANCELLED ours
   */
  static SightlineException map(
      String server, String what, StatusRuntimeException failure, boolean interrupted) {
    Status status = failure.getStatus();
    String said = status.getDescription() == null ? "" : ": " + status.getDescription();
    FailureType type = type(status, interrupted);
    return new SightlineException(
        type,
        what + " at Triton " + server + " ended " + status.getCode() + said + "; " + advice(type),
        failure);
  }

  static FailureType type(Status status, boolean interrupted) {
    String said = status.getDescription() == null ? "" : status.getDescription();
    if (DEAD_STUB.matcher(said).find()) {
      return FailureType.POLICY_STUB_DEAD;
    }
    return switch (status.getCode()) {
      case UNAVAILABLE -> FailureType.POLICY_UNAVAILABLE;
      case DEADLINE_EXCEEDED -> FailureType.POLICY_TIMEOUT;
      // A server that shuts down answers CANCELLED to calls that nobody cancelled.
      case CANCELLED -> interrupted ? FailureType.CANCELLED : FailureType.POLICY_UNAVAILABLE;
      // Triton's word for a model that is not loaded (yet, or between unload and load).
      case NOT_FOUND, FAILED_PRECONDITION -> FailureType.POLICY_UNAVAILABLE;
      case INTERNAL, UNKNOWN, ABORTED, DATA_LOSS, ALREADY_EXISTS -> FailureType.POLICY_INTERNAL;
      // A message over the limit: our chunks are far below it, so the sides disagree.
      case RESOURCE_EXHAUSTED, INVALID_ARGUMENT, OUT_OF_RANGE, UNIMPLEMENTED ->
          FailureType.PROTOCOL_VIOLATION;
      case PERMISSION_DENIED, UNAUTHENTICATED -> FailureType.INVALID_REQUEST;
      case OK -> throw new IllegalArgumentException("OK is not a failure");
    };
  }

  private static String advice(FailureType type) {
    if (type == FailureType.POLICY_STUB_DEAD) {
      return "reload the model, then restore and replay";
    }
    if (type == FailureType.POLICY_UNAVAILABLE) {
      return "check that Triton runs and the model is loaded";
    }
    if (type == FailureType.PROTOCOL_VIOLATION) {
      return "check that both sides have the same version";
    }
    return type.retryable() ? "it can be tried again" : "see Triton's log";
  }
}
