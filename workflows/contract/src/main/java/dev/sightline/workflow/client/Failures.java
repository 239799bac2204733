package dev.sightline.workflow.client;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Between {@link SightlineException} and Temporal's application failures: the type is the {@link
 * FailureType}'s name.
 */
public final class Failures {
  private Failures() {}

  public static ApplicationFailure toApplicationFailure(SightlineException failure) {
    String message = String.valueOf(failure.getMessage());
    return failure.type().retryable()
        ? ApplicationFailure.newFailureWithCause(message, failure.type().name(), failure)
        : ApplicationFailure.newNonRetryableFailureWithCause(
            message, failure.type().name(), failure);
  }

  /** The named failure inside a Temporal failure, looking through its causes. */
  public static Optional<FailureType> typeOf(@Nullable Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ApplicationFailure application) {
        for (FailureType type : FailureType.values()) {
          if (type.name().equals(application.getType())) {
            return Optional.of(type);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The innermost message that a person can use. */
  public static String messageOf(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ApplicationFailure application) {
        message = application.getType() + ": " + application.getOriginalMessage();
      } else if (at instanceof TemporalFailure temporal && temporal.getOriginalMessage() != null) {
        message = temporal.getClass().getSimpleName() + ": " + temporal.getOriginalMessage();
      }
    }
    return message;
  }
}
