package dev.sightline.worker.stack;

import dev.sightline.foundation.Digest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to start a part.
 *
 * @param command program and arguments
 * @param environment added to the supervisor's own
 * @param folder working folder
 * @param build digest of what the command runs, where the command's text does not tell
 */
record Launch(List<String> command, Map<String, String> environment, Path folder, String build) {
  Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** Equal for launches that give the same process. */
  String digest() {
    String text = command + "\n" + new TreeMap<>(environment) + "\n" + folder + "\n" + build;
    return Digest.of(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
