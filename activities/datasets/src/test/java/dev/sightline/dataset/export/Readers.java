package dev.sightline.dataset.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the real Python readers, from the environment that {@code src/test/python/readers} makes.
 */
final class Readers {
  private static final Path FOLDER = Path.of("src/test/python").toAbsolutePath();

  private static final String REASON =
      "the Python readers are not installed; run activities/datasets/src/test/python/readers";

  private Readers() {}

  /**
   * What {@code read_exports.py} prints, a line for each call; the test is skipped, with the
   * reason, without the readers.
   *
   * @param calls reader and its arguments, with blanks between
   */
  static List<String> read(String... calls) throws IOException, InterruptedException {
    Process found = new ProcessBuilder(FOLDER.resolve("readers").toString(), "--find").start();
    String python =
        new String(found.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    boolean ready = found.waitFor() == 0;
    if (!ready) {
      System.out.println("SKIPPED: " + REASON);
    }
    assumeTrue(ready, REASON);
    List<String> command =
        new ArrayList<>(List.of(python, FOLDER.resolve("read_exports.py").toString()));
    command.add(String.join(" , ", calls));
    Path log = Files.createTempFile("readers", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().put("HF_HUB_OFFLINE", "1");
    builder.environment().put("HF_DATASETS_CACHE", Files.createTempDirectory("readers").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text + Files.readString(log)).isZero();
    return text.strip().lines().toList();
  }
}
