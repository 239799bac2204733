package dev.sightline.worker.cli;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.worker.stack.Installation;
import dev.sightline.worker.stack.PartName;
import dev.sightline.worker.stack.StackSettings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of every command that may start the local stack; used as a picocli mixin. */
public final class StackOptions {
  private static final int MOST_THREADS = 8;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "CPU threads of the policy server (default: the machine's cores, at most 8).")
  private int threads = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);

  @Option(
      names = "--without",
      paramLabel = "PART",
      split = ",",
      description = "Parts that are not run here: ${COMPLETION-CANDIDATES}.")
  private List<PartName> without = new ArrayList<>();

  public StackSettings settings() {
    if (threads < 1) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST, "--threads: " + threads + " is too few; use 1 or more");
    }
    return new StackSettings(
        Installation.root().toString(),
        Installation.python().map(Object::toString).orElse(""),
        threads,
        without,
        Installation.build());
  }
}
