package dev.sightline.worker.cli.experiment;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.worker.cli.Output;
import dev.sightline.worker.stack.LocalStack;
import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Removes what a home holds, so that everything begins anew. */
public final class FreshHome {
  /** Only what Sightline makes itself: a mistaken --home must not cost anybody's files. */
  private static final List<String> FOLDERS =
      List.of("run", "data", "artifacts", "reports", "logs");

  private FreshHome() {}

  /**
   * Stops the stack and removes the state.
   *
   * @param ask whether a person can be asked first
   * @return false when the person said no
   */
  public static boolean clear(LocalStack stack, Output output, boolean ask) {
    List<Path> present =
        FOLDERS.stream().map(stack.home().root()::resolve).filter(Files::isDirectory).toList();
    if (present.isEmpty()) {
      return true;
    }
    String names =
        String.join(", ", present.stream().map(path -> path.getFileName().toString()).toList());
    Console console = ask ? System.console() : null;
    if (console != null) {
      String answer =
          console.readLine(
              "Stop the stack and remove %s of %s? [y/N] ", names, stack.home().root());
      if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
        output.line("nothing was removed");
        return false;
      }
    }
    stack.down();
    output.line("removing " + names + " of " + stack.home().root());
    present.forEach(FreshHome::delete);
    return true;
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException failure) {
      throw new SightlineException(
          FailureType.STORE_UNAVAILABLE,
          folder + " cannot be removed (" + failure.getMessage() + "); check its permissions",
          failure);
    }
  }
}
