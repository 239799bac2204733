package dev.sightline.workflow.internal.badexample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each class breaks a rule of workflow code on purpose. */
public final class Impure {
  private Impure() {}

  /** Time that a replay would see differently. */
  public static final class ReadsTheClock {
    public long now() {
      return System.currentTimeMillis();
    }
  }

  /** The same by the other clock. */
  public static final class ReadsAnotherClock {
    public long now() {
      return System.nanoTime();
    }
  }

  /** The same by java.time. */
  public static final class AsksTheDate {
    public LocalDate today() {
      return LocalDate.now(ZoneOffset.UTC);
    }
  }

  /** An id that a replay would draw anew. */
  public static final class DrawsAnId {
    public UUID id() {
      return UUID.randomUUID();
    }
  }

  /** A number that a replay would draw anew. */
  public static final class Draws {
    public double draw() {
      return Math.random();
    }
  }

  /** A thread that Temporal does not schedule. */
  public static final class Sleeps {
    public void pause() throws InterruptedException {
      Thread.sleep(1);
    }
  }

  /** Threads that Temporal does not schedule. */
  public static final class StartsThreads {
    public ExecutorService pool() {
      return Executors.newCachedThreadPool();
    }
  }

  /** A file that may be gone in a replay. */
  public static final class ReadsFiles {
    public String text(Path file) throws IOException {
      return Files.readString(file);
    }
  }

  /** A line in the log for every replay. */
  public static final class LogsInReplays {
    public Logger logger() {
      return LoggerFactory.getLogger(LogsInReplays.class);
    }
  }

  /** An order that depends on the JVM. */
  public static final class ForgetsTheOrder {
    public Map<String, String> map() {
      return new HashMap<>();
    }
  }
}
