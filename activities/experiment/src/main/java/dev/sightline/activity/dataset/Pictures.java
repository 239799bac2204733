package dev.sightline.activity.dataset;

import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.DatasetPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * PNG bytes that were drawn lately. A step shows its pictures when it samples and when it is
 * applied, a warm start's epochs and an evaluation's modes show them again and again. What is kept
 * is a pure function of its key, so nothing depends on what still is there.
 */
final class Pictures {
  private final long limit;
  private final Map<Key, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long held;

  private record Key(DatasetItem item, DatasetPlan.ImageSize size) {}

  /**
   * @param limit most bytes that are kept
   */
  Pictures(long limit) {
    this.limit = limit;
  }

  /**
   * The picture of an item; not to be written to.
   *
   * @param draw makes it where it is not there; two callers at once may both draw
   */
  byte[] of(DatasetItem item, DatasetPlan.ImageSize size, Supplier<byte[]> draw) {
    Key key = new Key(item, size);
    synchronized (this) {
      byte[] known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    byte[] drawn = draw.get();
    keep(key, drawn);
    return drawn;
  }

  private synchronized void keep(Key key, byte[] drawn) {
    if (drawn.length > limit || kept.putIfAbsent(key, drawn) != null) {
      return;
    }
    held += drawn.length;
    var eldest = kept.entrySet().iterator();
    while (held > limit) {
      held -= eldest.next().getValue().length;
      eldest.remove();
    }
  }
}
