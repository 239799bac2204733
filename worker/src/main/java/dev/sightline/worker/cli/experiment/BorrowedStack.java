package dev.sightline.worker.cli.experiment;

import dev.sightline.worker.stack.LocalStack;
import dev.sightline.worker.stack.StackEndpoints;
import dev.sightline.worker.stack.StackOwner;
import dev.sightline.worker.stack.StackSettings;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The stack for the time of one command. When the command started it, it ends with the command,
 * also on Ctrl-C and on a failure; a stack that {@code up} started stays.
 */
public final class BorrowedStack implements AutoCloseable {
  private static final int NOT_KEEPING = -1;
  // Longer than a supervisor takes from its start until it can be told to stop.
  private static final Duration LATE_SUPERVISOR = Duration.ofSeconds(20);

  private final LocalStack stack;
  private final StackSettings settings;
  private final StackOwner owner = StackOwner.quickstart();
  private final Consumer<String> progress;
  private final AtomicBoolean ours;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean starting = new AtomicBoolean(true);
  private final AtomicInteger keeping = new AtomicInteger(NOT_KEEPING);

  private BorrowedStack(
      LocalStack stack, StackSettings settings, Consumer<String> progress, boolean ours) {
    this.stack = stack;
    this.settings = settings;
    this.progress = progress;
    this.ours = new AtomicBoolean(ours);
  }

  /** Starts the stack, or attaches to the one that runs; what is started here is ended here. */
  public static BorrowedStack up(
      LocalStack stack, StackSettings settings, Consumer<String> progress) {
    boolean nothingRuns = stack.status().isEmpty() && stack.orphans().isEmpty();
    BorrowedStack borrowed = new BorrowedStack(stack, settings, progress, nothingRuns);
    // Before the first process: Ctrl-C while it starts must leave nothing running either.
    Runtime.getRuntime().addShutdownHook(new Thread(borrowed::interrupted, "end the stack"));
    try {
      borrowed.ours.set(stack.up(settings, borrowed.owner, progress).owned());
      return borrowed;
    } finally {
      borrowed.starting.set(borrowed.ended.get());
    }
  }

  /** Whether it ends with this command; not once {@code up} has taken it over. */
  public boolean owned() {
    return ours.get() && !stack.stays();
  }

  public StackEndpoints endpoints() {
    return stack.endpoints().orElseThrow();
  }

  /** Looks after it: a killed supervisor is replaced, a stack killed whole is started again. */
  public StackGuard guard() {
    return new StackGuard(stack, this::restart);
  }

  private Optional<String> restart() {
    // `down` removes the owner's file, a kill leaves it.
    if (!ours.get() || ended.get() || Files.notExists(stack.home().runFile("owner"))) {
      return Optional.empty();
    }
    ours.set(stack.up(settings, owner, progress).owned());
    return Optional.of("the stack was gone; it is started again");
  }

  /**
   * Keeps the stack up until the process is interrupted, which then exits with this status. Returns
   * only when the stack is ended from elsewhere.
   */
  public void keepUntilInterrupted(int status) {
    keeping.set(status);
    StackGuard guard = new StackGuard(stack);
    while (!(guard.look() instanceof StackGuard.Gone)) {
      try {
        Thread.sleep(Duration.ofSeconds(1));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void interrupted() {
    close();
    if (keeping.get() != NOT_KEEPING) {
      // The work was done; ending the wait by Ctrl-C is no failure.
      Runtime.getRuntime().halt(keeping.get());
    }
  }

  @Override
  public void close() {
    if (ended.compareAndSet(false, true) && owned()) {
      progress.accept("ending the stack");
      boolean anythingRan = stack.down();
      long deadline = System.nanoTime() + LATE_SUPERVISOR.toNanos();
      // Interrupted in mid-start: the supervisor may be on its way and not yet to be spoken to.
      while (!anythingRan && starting.get() && System.nanoTime() < deadline) {
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        anythingRan = stack.down();
      }
    }
  }
}
