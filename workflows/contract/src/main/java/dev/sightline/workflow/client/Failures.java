package dev.sightline.workflow.client;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import java.util.Arrays;
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
        Optional<FailureType> type = named(application);
        if (type.isPresent()) {
          return type;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<FailureType> named(ApplicationFailure failure) {
    return Arrays.stream(FailureType.values())
        .filter(type -> type.name().equals(failure.getType()))
        .findFirst();
  }

  /** The named failure's message; where none is named, the innermost that a person can use. */
  public static String messageOf(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ApplicationFailure application) {
        message = application.getType() + ": " + application.getOriginalMessage();
        if (named(application).isPresent()) {
          // What is below is only where it came from.
          return message;
        }
      } else if (at instanceof TemporalFailure temporal && temporal.getOriginalMessage() != null) {
        message = temporal.getClass().getSimpleName() + ": " + temporal.getOriginalMessage();
      }
    }
    return message;
  }
}
