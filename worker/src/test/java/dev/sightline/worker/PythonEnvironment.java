package dev.sightline.worker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sightline.worker.stack.Installation;
import java.nio.file.Path;
import java.util.Optional;

/** The Python that tests start the policy with. */
public final class PythonEnvironment {
  private PythonEnvironment() {}

  /** Skips the test, with the reason printed, where there is none. */
  public static Path orSkip(Class<?> test) {
    Optional<Path> python = Installation.python();
    if (python.isEmpty()) {
      String reason =
          test.getSimpleName()
              + " is skipped: no Python environment; run `deploy/sightline python-env` or set"
              + " SIGHTLINE_PYTHON";
      System.out.println(reason);
      assumeTrue(false, reason);
    }
    return python.orElseThrow();
  }
}
