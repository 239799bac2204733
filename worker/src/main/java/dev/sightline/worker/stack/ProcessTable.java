package dev.sightline.worker.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code /proc}: state, session and start time of processes. */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  /**
   * One line of {@code /proc/<pid>/stat}.
   *
   * @param pid process id
   * @param state one letter: R, S, D, Z, X, ...
   * @param session id of the session, which is the pid of the process that opened it
   * @param startTicks clock ticks since boot
   */
  record Stat(long pid, char state, long session, long startTicks) {
    boolean dead() {
      return state == 'Z' || state == 'X';
    }
  }

  private ProcessTable() {}

  static Optional<Stat> stat(long pid) {
    try {
      return Optional.of(
          parse(
              Files.readString(
                  PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1)));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** The command's name stands in parentheses and may hold spaces and parentheses itself. */
  static Stat parse(String line) {
    int open = line.indexOf('(');
    int close = line.lastIndexOf(')');
    String[] fields = line.substring(close + 2).strip().split(" ");
    return new Stat(
        Long.parseLong(line.substring(0, open).strip()),
        fields[0].charAt(0),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[19]));
  }

  /** Living processes of a session. */
  static List<Stat> session(long session) {
    List<Stat> members = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        stat(Long.parseLong(entry.getFileName().toString()))
            .filter(stat -> stat.session() == session && !stat.dead())
            .ifPresent(members::add);
      }
    } catch (IOException unreadable) {
      return List.copyOf(members);
    }
    return List.copyOf(members);
  }

  /** The program behind a process, as far as the kernel tells; empty when it is gone or foreign. */
  static Optional<Path> executable(long pid) {
    try {
      return Optional.of(Files.readSymbolicLink(PROC.resolve(Long.toString(pid)).resolve("exe")));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
