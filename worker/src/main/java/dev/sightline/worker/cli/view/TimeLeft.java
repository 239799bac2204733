package dev.sightline.worker.cli.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * Time left, measured: how fast the estimate of what is left shrinks on this machine, over the last
 * minutes. Until enough is seen the estimate's own rates stand.
 */
public final class TimeLeft {
  private static final double WINDOW_SECONDS = 120;
  private static final double ENOUGH_SECONDS = 10;
  // Slower than this is no pace but a standstill.
  private static final double SLOWEST = 0.02;

  private record Observation(double at, double left) {}

  private final Deque<Observation> seen = new ArrayDeque<>();

  /**
   * @param at seconds of a clock that only goes forward
   * @param estimatedLeft estimated seconds of the work that is left
   */
  public void observe(double at, double estimatedLeft) {
    // More left than before: the run was set back, so what was measured is of other work.
    if (!seen.isEmpty() && estimatedLeft > seen.getLast().left() + 1e-9) {
      seen.clear();
    }
    seen.addLast(new Observation(at, estimatedLeft));
    while (seen.size() > 2 && at - seen.getFirst().at() > WINDOW_SECONDS) {
      seen.removeFirst();
    }
  }

  /** Seconds left; empty when nothing was observed yet or the work stands still. */
  public OptionalDouble seconds() {
    if (seen.isEmpty()) {
      return OptionalDouble.empty();
    }
    double left = seen.getLast().left();
    double elapsed = seen.getLast().at() - seen.getFirst().at();
    double done = seen.getFirst().left() - left;
    if (elapsed < ENOUGH_SECONDS || done <= 0 && elapsed < WINDOW_SECONDS / 2) {
      return OptionalDouble.of(left);
    }
    double pace = done / elapsed;
    return pace < SLOWEST ? OptionalDouble.empty() : OptionalDouble.of(left / pace);
  }

  /** {@code about 3 min 20 s left}, or {@code time left unknown}. */
  public String words() {
    OptionalDouble seconds = seconds();
    if (seconds.isEmpty()) {
      return "time left unknown";
    }
    // Nobody needs the seconds of an estimate of many minutes.
    double rough = seconds.getAsDouble();
    rough =
        rough > 600
            ? Math.round(rough / 60) * 60.0
            : rough > 60 ? Math.round(rough / 10) * 10.0 : rough;
    return "about " + Words.duration(rough) + " left";
  }
}
