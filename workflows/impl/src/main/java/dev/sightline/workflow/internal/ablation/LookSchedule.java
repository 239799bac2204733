package dev.sightline.workflow.internal.ablation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When to look after each running stage. The signal of a stage's end is a hint to look soon; the
 * slow look finds ends whose signal was lost. Pure: times are given.
 */
public final class LookSchedule {
  static final Duration SLOW = Duration.ofSeconds(60);
  static final Duration FAST = Duration.ofSeconds(2);

  /** Fast looks after a signal: the workflow may still be closing, its row is the truth. */
  static final int FAST_LOOKS = 5;

  private static final class Entry {
    private long next;
    private int fastLooks;
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /** A stage runs from now on. */
  public void started(String target, long now) {
    Entry entry = new Entry();
    entry.next = now + SLOW.toMillis();
    entries.put(target, entry);
  }

  /** The stage said that it ended. */
  public void hinted(String target, long now) {
    Entry entry = entries.get(target);
    if (entry != null) {
      entry.next = now;
      entry.fastLooks = FAST_LOOKS;
    }
  }

  public boolean due(String target, long now) {
    Entry entry = entries.get(target);
    return entry != null && entry.next <= now;
  }

  /** Looked, and it still runs. */
  public void looked(String target, long now) {
    Entry entry = entries.get(target);
    if (entry != null) {
      entry.next = now + (entry.fastLooks > 0 ? FAST : SLOW).toMillis();
      entry.fastLooks = Math.max(0, entry.fastLooks - 1);
    }
  }

  public void ended(String target) {
    entries.remove(target);
  }

  /** How long nothing needs a look; a day when nothing runs. */
  public Duration untilNext(long now) {
    return entries.values().stream()
        .mapToLong(entry -> Math.max(1, entry.next - now))
        .min()
        .stream()
        .mapToObj(Duration::ofMillis)
        .findFirst()
        .orElse(Duration.ofDays(1));
  }
}
