package dev.sightline.worker.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this program starts itself again as another process. */
final class JavaCommand {
  static final String MAIN_CLASS = "dev.sightline.worker.Main";

  private JavaCommand() {}

  /**
   * The command up to and with the main class. No class-data archive is made: writing it would hold
   * up the end of the process for many seconds.
   *
   * @param options of the virtual machine, for example {@code -Xmx128m}
   */
  static List<String> of(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN_CLASS));
    return List.copyOf(command);
  }
}
