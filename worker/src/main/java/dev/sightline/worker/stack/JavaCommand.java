package dev.sightline.worker.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this program starts itself again as another process. */
final class JavaCommand {
  static final String MAIN_CLASS = "dev.sightline.worker.Main";

  private JavaCommand() {}

  /**
   * The command up to and with the main class.
   *
   * @param options of the virtual machine, for example {@code -Xmx128m}
   * @param archive name of the class-data archive that this kind of process shares
   */
  static List<String> of(List<String> options, String archive) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    String build = System.getenv("SIGHTLINE_BUILD");
    if (build != null && !build.isBlank()) {
      Path file = Folders.cache().resolve("cds").resolve(archive + "-" + build + ".jsa");
      command.addAll(
          List.of(
              "-XX:+AutoCreateSharedArchive",
              "-XX:SharedArchiveFile=" + file,
              "-Xlog:cds=off",
              "-Xlog:aot=off"));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN_CLASS));
    return List.copyOf(command);
  }
}
