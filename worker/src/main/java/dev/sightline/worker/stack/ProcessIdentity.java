package dev.sightline.worker.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process that a recycled process id cannot be mistaken for.
 *
 * @param pid process id
 * @param startTicks start time in clock ticks since boot (field 22 of {@code /proc/<pid>/stat})
 * @param bootId the kernel's id of this boot, since ticks begin again after it
 */
public record ProcessIdentity(long pid, long startTicks, String bootId) {

  public static ProcessIdentity ofCurrent() {
    return of(ProcessHandle.current().pid())
        .orElseThrow(() -> new IllegalStateException("/proc does not show this process"));
  }

  /** The identity of a running process; empty when there is none or it is a zombie. */
  public static Optional<ProcessIdentity> of(long pid) {
    return ProcessTable.stat(pid)
        .filter(stat -> !stat.dead())
        .map(stat -> new ProcessIdentity(pid, stat.startTicks(), currentBoot()));
  }

  public boolean isAlive() {
    return of(pid).filter(this::equals).isPresent();
  }

  private static String currentBoot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException unreadable) {
      return "unknown";
    }
  }
}
