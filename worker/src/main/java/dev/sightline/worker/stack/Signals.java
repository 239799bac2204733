package dev.sightline.worker.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends processes by id, never by name. */
final class Signals {
  private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
  private static final Duration LAST_GRACE = Duration.ofSeconds(5);

  private Signals() {}

  /** Sends a signal ("TERM", "INT", "KILL"); a process that is already gone is no error. */
  static void send(String signal, long pid) {
    try {
      new ProcessBuilder(
              List.of(
                  "/bin/sh", "-c", "kill -s \"$1\" \"$2\" 2>/dev/null", "kill", signal, "" + pid))
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException failure) {
      LOG.warn("cannot signal process {}: {}", pid, failure.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Ends a process that leads its own session, then whatever it left behind in that session. The
   * recorded start time is checked before the first signal.
   *
   * @return true when nothing of it is left
   */
  static boolean end(ProcessIdentity process, String firstSignal, Duration grace) {
    if (process.isAlive()) {
      send(firstSignal, process.pid());
      if (!awaitEnd(process, grace)) {
        LOG.warn("process {} did not end in {} ms; killing it", process.pid(), grace.toMillis());
        send("KILL", process.pid());
        awaitEnd(process, LAST_GRACE);
      }
    }
    endSession(process);
    return !process.isAlive();
  }

  /** Kills the orphans of a session whose leader is dead. */
  static void endSession(ProcessIdentity leader) {
    // While a member lives the kernel does not hand out the session's id as a pid again; a living
    // process of that id with another start time means that the session is gone.
    if (ProcessIdentity.of(leader.pid()).isPresent()) {
      return;
    }
    for (ProcessTable.Stat member : ProcessTable.session(leader.pid())) {
      if (member.startTicks() >= leader.startTicks()) {
        LOG.warn("killing process {}, left behind by {}", member.pid(), leader.pid());
        send("KILL", member.pid());
      }
    }
  }

  static boolean awaitEnd(ProcessIdentity process, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (process.isAlive()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      if (!Pause.millis(25)) {
        return !process.isAlive();
      }
    }
    return true;
  }
}
