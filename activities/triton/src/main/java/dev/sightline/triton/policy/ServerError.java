package dev.sightline.triton.policy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.util.Optional;

/**
 * A failure as the policy server names it.
 *
 * @param detail for programs; an object, often empty ({@code lineage} of POLICY_BEHIND)
 */
public record ServerError(FailureType type, String message, JsonNode detail) {
  static ServerError read(JsonFields fields) {
    return new ServerError(
        fields.constant("type", FailureType.class), fields.text("message"), fields.tree("detail"));
  }

  /** An exception of the server's type; {@link #of} finds this error in it again. */
  SightlineException toException(String what) {
    return new SightlineException(type, what + ": " + message, new Carrier(this));
  }

  /** The server's own words behind a failure, if it came from the policy server. */
  public static Optional<ServerError> of(SightlineException failure) {
    return failure.getCause() instanceof Carrier carrier
        ? Optional.of(carrier.error)
        : Optional.empty();
  }

  /** Brings the error along as a cause without a stack of its own. */
  private static final class Carrier extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient ServerError error;

    Carrier(ServerError error) {
      super(error.type() + " " + error.detail(), null, false, false);
      this.error = error;
    }
  }
}
