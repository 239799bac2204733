package dev.sightline.worker.stack;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How to run a program that refuses to run as root (PostgreSQL does). In an empty user namespace
 * the program sees an unmapped user id and is content, while files keep their owner, so that no
 * folder has to change hands. Where the kernel or a container forbids that, the program runs as
 * "nobody", which must then be able to reach the folders.
 */
final class Unprivileged {
  static final int NOBODY = 65534;

  /** What to put before the command. */
  enum Way {
    AS_IS(List.of()),
    USER_NAMESPACE(List.of("unshare", "--user")),
    NOBODY_USER(
        List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));

    private final List<String> prefix;

    Way(List<String> prefix) {
      this.prefix = prefix;
    }

    List<String> prefix() {
      return prefix;
    }
  }

  private Unprivileged() {}

  /** Finds the way that works for this user and these folders. */
  static Way find(Path... folders) {
    if (!"root".equals(System.getProperty("user.name"))) {
      return Way.AS_IS;
    }
    if (succeeds(List.of("unshare", "--user", "true"))) {
      return Way.USER_NAMESPACE;
    }
    for (Path folder : folders) {
      List<String> look = new java.util.ArrayList<>(Way.NOBODY_USER.prefix());
      look.addAll(List.of("test", "-x", folder.toString()));
      if (!succeeds(look)) {
        throw new SightlineException(
            FailureType.INVALID_REQUEST,
            "PostgreSQL does not run as root, and here root may not open a user namespace; run as"
                + " another user, or put --home and XDG_CACHE_HOME where user "
                + NOBODY
                + " can reach them ("
                + folder
                + " is closed to it)");
      }
    }
    return Way.NOBODY_USER;
  }

  /** Gives a folder tree to "nobody", where that is the way. */
  static void hand(Way way, Path folder) throws IOException {
    if (way == Way.NOBODY_USER && Files.exists(folder)) {
      run(List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()));
    }
  }

  private static boolean succeeds(List<String> command) {
    try {
      return run(command);
    } catch (IOException absent) {
      return false;
    }
  }

  private static boolean run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
