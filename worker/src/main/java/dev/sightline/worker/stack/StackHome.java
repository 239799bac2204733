package dev.sightline.worker.stack;

import java.nio.file.Path;

/**
 * The folder that holds everything the local stack writes (`SIGHTLINE_HOME`): {@code run} (who
 * runs, on which ports), {@code logs}, {@code data} (databases, policy state) and {@code
 * artifacts}.
 *
 * @param root absolute, normalised
 */
public record StackHome(Path root) {
  public StackHome {
    root = root.toAbsolutePath().normalize();
  }

  public Path run() {
    return root.resolve("run");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  public Path log(String name) {
    return logs().resolve(name + ".log");
  }

  public Path data(String part) {
    return root.resolve("data").resolve(part);
  }

  public Path artifacts() {
    return root.resolve("artifacts");
  }

  public Path runFile(String name) {
    return run().resolve(name + ".json");
  }
}
