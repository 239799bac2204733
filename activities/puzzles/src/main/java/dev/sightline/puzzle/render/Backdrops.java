package dev.sightline.puzzle.render;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The last few grounds of a painter, such as an empty clock face, so that they are painted once and
 * copied by {@link Canvas#sprite}. Safe for use by several threads; results do not depend on it.
 */
public final class Backdrops {
  private static final int LARGEST = 16;

  /** What a ground depends on; noise-free renderings share one whatever their seed. */
  private record Key(int width, int height, Rendering rendering, Object detail) {}

  private final Map<Key, Canvas> painted =
      new LinkedHashMap<>(LARGEST, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Canvas> eldest) {
          return size() > LARGEST;
        }
      };

  /**
   * The ground for a canvas, painted now or before. It must not be painted on.
   *
   * @param detail what it depends on beside size and rendering; has equals
   * @param paint paints it; must not use the rendering's seed unless there is noise
   */
  public Canvas get(
      int width, int height, Rendering rendering, Object detail, Supplier<Canvas> paint) {
    if (rendering.noise() > 0) {
      return paint.get();
    }
    Rendering seedless =
        new Rendering(
            rendering.colours(),
            rendering.lineScale(),
            rendering.font(),
            rendering.variant(),
            rendering.background(),
            0,
            0);
    Key key = new Key(width, height, seedless, detail);
    synchronized (painted) {
      Canvas found = painted.get(key);
      if (found != null) {
        return found;
      }
    }
    Canvas fresh = paint.get();
    synchronized (painted) {
      painted.put(key, fresh);
    }
    return fresh;
  }
}
