package dev.sightline.worker.cli.experiment;

import dev.sightline.foundation.SightlineException;
import dev.sightline.worker.stack.LocalStack;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks after the stack while an experiment is watched. */
public final class StackGuard {
  private static final int LOOKS_BEFORE_GONE = 3;

  private final LocalStack stack;
  private final Supplier<Optional<String>> restart;
  private int missing;

  /** A guard that gives orphaned parts a supervisor again, but starts no stack that is gone. */
  public StackGuard(LocalStack stack) {
    this(stack, Optional::empty);
  }

  /**
   * @param restart brings a stack back that is gone without a trace of a supervisor or a part, and
   *     says what it did; empty when it may not
   */
  public StackGuard(LocalStack stack, Supplier<Optional<String>> restart) {
    this.stack = stack;
    this.restart = restart;
  }

  /** How a look ended. */
  public sealed interface Look {}

  /** All is well. */
  public record Well() implements Look {}

  /** It was not, and now is again. */
  public record Mended(String what) implements Look {}

  /** Nothing is left of the stack. */
  public record Gone() implements Look {}

  /** Looks once; a failed attempt to mend counts as not well yet and is tried again. */
  public Look look() {
    try {
      if (stack.status().isPresent()) {
        missing = 0;
        return new Well();
      }
      if (stack.adopt()) {
        missing = 0;
        return new Mended("the supervisor was gone; a new one looks after the stack");
      }
      // A supervisor that is just being replaced shows neither itself nor orphans for a moment.
      if (++missing < LOOKS_BEFORE_GONE) {
        return new Well();
      }
      Optional<String> done = restart.get();
      if (done.isPresent()) {
        missing = 0;
        return new Mended(done.get());
      }
      return new Gone();
    } catch (SightlineException notYet) {
      return new Well();
    }
  }
}
