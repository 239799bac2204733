package dev.sightline.worker.cli.dataset;

import dev.sightline.dataset.Progress;
import dev.sightline.worker.cli.Output;
import java.io.PrintStream;
import java.util.Locale;

/** One line on standard error, drawn again in place; nothing where nobody watches. */
final class ProgressBar implements Progress, AutoCloseable {
  private static final long PAUSE_NANOS = 100_000_000;
  private static final int WIDTH = 30;

  private final PrintStream out;
  private final boolean shown;
  private String stage = "";
  private long begun;
  private long drawn;
  private int length;

  ProgressBar() {
    this(System.err, Output.terminal() && !"dumb".equals(System.getenv("TERM")));
  }

  ProgressBar(PrintStream out, boolean shown) {
    this.out = out;
    this.shown = shown;
  }

  @Override
  public synchronized void report(String what, long done, long total) {
    if (!shown) {
      return;
    }
    long now = System.nanoTime();
    if (!what.equals(stage)) {
      stage = what;
      begun = now;
    } else if (now - drawn < PAUSE_NANOS && done != total) {
      return;
    }
    drawn = now;
    draw(line(what, done, total, (now - begun) / 1e9));
  }

  /** Such as {@code making items [===== ] 1,200 of 4,000 300/s about 9 s left}. */
  static String line(String what, long done, long total, double seconds) {
    if (total <= 0) {
      return what;
    }
    int filled = (int) Math.min(WIDTH, WIDTH * done / total);
    String line =
        String.format(
            Locale.ROOT,
            "%s [%s%s] %,d of %,d",
            what,
            "=".repeat(filled),
            " ".repeat(WIDTH - filled),
            done,
            total);
    if (seconds < 1 || done < 1) {
      return line;
    }
    double rate = done / seconds;
    return line
        + String.format(
            Locale.ROOT, "  %,.0f/s  about %,.0f s left", rate, Math.max(0, (total - done) / rate));
  }

  private void draw(String line) {
    out.print("\r" + line + " ".repeat(Math.max(0, length - line.length())));
    out.flush();
    length = line.length();
  }

  @Override
  public synchronized void close() {
    if (shown && length > 0) {
      out.print("\r" + " ".repeat(length) + "\r");
      out.flush();
      length = 0;
    }
  }
}
