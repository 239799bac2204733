package dev.sightline.worker.stack;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.worker.stack.StackStatus.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one part running, on a thread of its own: adopts what lives, starts what does not, and
 * starts it again on the same ports and data when it ends.
 */
final class PartKeeper implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PartKeeper.class);
  private static final Duration START_LIMIT = Duration.ofMinutes(4);
  private static final Duration STOP_GRACE = Duration.ofSeconds(15);
  private static final long LOOK_MILLIS = 100;
  private static final long PROBE_MILLIS = 5_000;
  private static final long LOG_LIMIT_BYTES = 16L << 20;

  private final Part part;
  private final StackHome home;
  private final Predicate<PartName> ready;
  private volatile boolean stopping;

  /** A process that is started must be seen by a stop that comes at the same moment. */
  private final Object startOrStop = new Object();

  private volatile StackStatus.Part status;
  private volatile @Nullable ProcessIdentity process;
  private int restarts;
  private int failures;
  private boolean adopted;

  /**
   * @param ready whether another part is ready; a part that is not run here counts as ready
   */
  PartKeeper(Part part, StackHome home, Predicate<PartName> ready) {
    this.part = part;
    this.home = home;
    this.ready = ready;
    this.status =
        new StackStatus.Part(part.name(), State.WAITING, 0, 0, 0, -1, false, "not started yet");
  }

  StackStatus.Part status() {
    return status;
  }

  PartName name() {
    return part.name();
  }

  @Override
  public void run() {
    while (!stopping) {
      try {
        keep();
      } catch (RuntimeException failure) {
        if (stopping) {
          return;
        }
        LOG.error("{}: {}", part.name().label(), failure.getMessage(), failure);
        failures++;
        show(State.BACKING_OFF, -1, sentence(failure));
        Pause.millis(Backoff.millis(failures));
      }
    }
  }

  /** One life of the process: from adoption or start to its end. */
  private void keep() {
    if (!awaitNeeds()) {
      return;
    }
    long began = System.nanoTime();
    show(State.STARTING, -1, "");
    ProcessIdentity living = adoptOrEndOld().orElseGet(this::start);
    process = living;
    show(State.STARTING, -1, "");
    if (awaitReady(living, began)) {
      failures = 0;
      watch(living);
    }
    if (stopping) {
      return;
    }
    if (living.isAlive()) {
      LOG.warn("{} did not become ready; ending it", part.name().label());
      Signals.end(living, part.stopSignal(), STOP_GRACE);
    }
    process = null;
    restarts++;
    adopted = false;
    LOG.warn("{} (process {}) ended; starting it again", part.name().label(), living.pid());
    show(State.BACKING_OFF, -1, "ended by itself; " + lastLogLine());
    Pause.millis(Backoff.millis(failures));
  }

  private boolean awaitNeeds() {
    while (!stopping) {
      List<PartName> missing = part.needs().stream().filter(ready.negate()).toList();
      if (missing.isEmpty()) {
        return true;
      }
      show(State.WAITING, -1, "waits for " + missing.getFirst().label());
      Pause.millis(LOOK_MILLIS);
    }
    return false;
  }

  private Optional<ProcessIdentity> adoptOrEndOld() {
    Optional<PartRecord> recorded = RunFiles.read(recordFile(), PartRecord.class);
    if (recorded.isEmpty()) {
      return Optional.empty();
    }
    ProcessIdentity old = recorded.get().process();
    if (old.isAlive()) {
      if (recorded.get().launch().equals(part.launch().digest())) {
        LOG.info("{}: adopting process {}", part.name().label(), old.pid());
        adopted = true;
        return Optional.of(old);
      }
      LOG.info("{}: process {} runs something else; ending it", part.name().label(), old.pid());
      Signals.end(old, part.stopSignal(), STOP_GRACE);
    }
    Signals.endSession(old);
    RunFiles.delete(recordFile());
    return Optional.empty();
  }

  private ProcessIdentity start() {
    part.prepare();
    Launch launch = part.launch();
    Path log = home.log(part.name().label());
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(launch.command());
    try {
      rotate(log);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(launch.folder().toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(launch.environment());
      return launch(builder, launch, log);
    } catch (IOException failure) {
      throw new SightlineException(
          FailureType.INTERNAL,
          "cannot start " + part.name().label() + ": " + failure.getMessage(),
          failure);
    }
  }

  private ProcessIdentity launch(ProcessBuilder builder, Launch launch, Path log)
      throws IOException {
    synchronized (startOrStop) {
      if (stopping) {
        throw new SightlineException(FailureType.CANCELLED, "the stack stops");
      }
      Process started = builder.start();
      ProcessIdentity identity =
          ProcessIdentity.of(started.pid())
              .orElseThrow(() -> new IOException("it ended at once; see " + log));
      RunFiles.write(
          recordFile(),
          new PartRecord(
              part.name(),
              identity,
              launch.digest(),
              Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
      LOG.info("{}: started process {}", part.name().label(), identity.pid());
      process = identity;
      return identity;
    }
  }

  private boolean awaitReady(ProcessIdentity living, long began) {
    String problem = "";
    while (!stopping && living.isAlive()) {
      try {
        part.probe();
        long millis = (System.nanoTime() - began) / 1_000_000;
        LOG.info("{}: ready after {} ms", part.name().label(), millis);
        show(State.READY, millis, "");
        return true;
      } catch (Exception notYet) {
        problem = sentence(notYet);
        show(State.STARTING, -1, problem);
      }
      if (System.nanoTime() - began > START_LIMIT.toNanos()) {
        break;
      }
      Pause.millis(LOOK_MILLIS);
    }
    if (!stopping) {
      failures++;
      LOG.warn("{} is not ready: {}", part.name().label(), problem);
    }
    return false;
  }

  /** Returns when the process has ended or the stack stops. */
  private void watch(ProcessIdentity living) {
    long readyAfter = status.readyAfterMillis();
    long nextProbe = System.nanoTime() + PROBE_MILLIS * 1_000_000;
    while (!stopping && living.isAlive()) {
      if (System.nanoTime() > nextProbe) {
        try {
          part.probe();
          show(State.READY, readyAfter, "");
        } catch (Exception failure) {
          // Only shown: on a busy machine a slow answer is no reason to throw work away.
          show(State.UNHEALTHY, readyAfter, sentence(failure));
        }
        nextProbe = System.nanoTime() + PROBE_MILLIS * 1_000_000;
      }
      Pause.millis(LOOK_MILLIS);
    }
  }

  /** First half of a stop: no more restarts. */
  void announceStop() {
    stopping = true;
  }

  /** Second half: ends the process, if there is one, and forgets it. */
  void stop() {
    ProcessIdentity living;
    synchronized (startOrStop) {
      stopping = true;
      Optional<ProcessIdentity> recorded =
          RunFiles.read(recordFile(), PartRecord.class).map(PartRecord::process);
      living = process == null ? recorded.orElse(null) : process;
    }
    if (living != null) {
      Signals.end(living, part.stopSignal(), STOP_GRACE);
    }
    RunFiles.delete(recordFile());
    show(State.STOPPED, -1, "");
  }

  private Path recordFile() {
    return home.runFile(part.name().label());
  }

  private void show(State state, long readyAfterMillis, String problem) {
    ProcessIdentity living = process;
    status =
        new StackStatus.Part(
            part.name(),
            state,
            living == null ? 0 : living.pid(),
            restarts,
            failures,
            readyAfterMillis,
            adopted,
            problem);
  }

  private String lastLogLine() {
    return LogTail.of(home.log(part.name().label()), 1).stream()
        .findFirst()
        .map(line -> "its log ends with: " + line)
        .orElse("its log is empty");
  }

  private void rotate(Path log) throws IOException {
    Folders.create(home.logs());
    if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String sentence(Exception failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
