package dev.sightline.activity.ablation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** How long the steps of a run that are left will take, by when the last ones were committed. */
final class StepPace {
  /** Longer than that between two steps was a pause or an outage, not work. */
  private static final Duration REST = Duration.ofHours(1);

  private StepPace() {}

  /**
   * @param commits the newest first
   * @param steps how many are left
   * @return such as {@code 12 min}; empty while fewer than two steps are known
   */
  static String left(List<Instant> commits, int steps) {
    long nanos = 0;
    int gaps = 0;
    for (int i = 1; i < commits.size(); i++) {
      Duration gap = Duration.between(commits.get(i), commits.get(i - 1));
      if (gap.compareTo(REST) < 0) {
        nanos += gap.toNanos();
        gaps++;
      }
    }
    return gaps == 0 || steps <= 0 ? "" : words(nanos / 1e9 / gaps * steps);
  }

  private static String words(double seconds) {
    if (seconds < 60) {
      return Math.round(seconds) + " s";
    }
    return seconds < 2 * 3600
        ? Math.round(seconds / 60) + " min"
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}
