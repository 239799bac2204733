package dev.sightline.foundation;

import org.jspecify.annotations.Nullable;

/** A failure with a name. The message is one sentence that says what to do. */
public final class SightlineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FailureType type;

  public SightlineException(FailureType type, String message) {
    this(type, message, null);
  }

  public SightlineException(FailureType type, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.type = type;
  }

  public FailureType type() {
    return type;
  }
}
