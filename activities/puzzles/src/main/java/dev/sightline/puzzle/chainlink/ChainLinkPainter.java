package dev.sightline.puzzle.chainlink;

import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Segments in lines from the upper left, each a row of rings that overlap; an open ring has a wide
 * gap. Lengths are in radii of a ring until they are drawn.
 */
final class ChainLinkPainter {
  /** Straight rows, rows that zigzag, and straight rows on a dark panel. */
  private static final int STYLES = 3;

  private static final int ZIGZAG = 1;
  private static final int PANEL = 2;

  private static final double PITCH = 1.5;
  private static final double GAP = 1.15;
  private static final double LINE_HEIGHT = 2.95;
  private static final double BREAK_DEGREES = 80;
  private static final double MARGIN = 0.8;
  private static final int DARK = 0x202830;
  static final int LEAST = 112;

  private static final List<String> ON_LIGHT = List.of("blue", "brown", "purple", "green");
  private static final List<String> ON_DARK = List.of("yellow", "orange", "pink");

  /**
   * A segment's place: the centre of its first ring, in radii from the picture's upper left; length
   * 0 is an open ring.
   */
  record Place(int length, double x, double y) {}

  /**
   * @param radius of a ring in pixels
   */
  record Layout(double radius, List<Place> places) {}

  private ChainLinkPainter() {}

  static int ground(Rendering rendering) {
    return rendering.style(STYLES) == PANEL ? DARK : rendering.background().tone();
  }

  static int ink(Rendering rendering) {
    List<String> names = rendering.style(STYLES) == PANEL ? ON_DARK : ON_LIGHT;
    return rendering.palette().rgb(names.get(rendering.variant() / STYLES % names.size()));
  }

  static void paint(ChainLinkScene scene, Canvas canvas, Rendering rendering) {
    Background.paint(canvas, rendering);
    int ground = ground(rendering);
    int ink = ink(rendering);
    if (rendering.style(STYLES) == PANEL) {
      canvas.rectangle(0, 0, canvas.width(), canvas.height(), ground);
    }
    Layout layout = layout(scene, canvas.width(), canvas.height(), rendering);
    double radius = layout.radius();
    // Rings must not run into one another at their crossings, whatever the scale of lines.
    double line = Math.max(1, Math.min(radius * 0.24, rendering.line(radius * 0.2)));
    for (Place place : layout.places()) {
      double y = place.y() * radius;
      if (place.length() == 0) {
        canvas.arc(
            place.x() * radius,
            y,
            radius - line / 2,
            BREAK_DEGREES / 2,
            360 - BREAK_DEGREES,
            line,
            ink);
        continue;
      }
      for (int ring = 0; ring < place.length(); ring++) {
        double x = (place.x() + PITCH * ring) * radius;
        double ringY = y + lift(ring, rendering) * radius;
        canvas.ring(x, ringY, radius - line / 2, line, ink);
        if (ring > 0) {
          // The ring before passes over this one at the upper crossing.
          double beforeX = x - PITCH * radius;
          double beforeY = y + lift(ring - 1, rendering) * radius;
          canvas.arc(beforeX, beforeY, radius - line / 2, 296, 38, line * 1.7, ground);
          canvas.arc(beforeX, beforeY, radius - line / 2, 285, 60, line, ink);
        }
      }
    }
  }

  private static double lift(int ring, Rendering rendering) {
    return rendering.style(STYLES) != ZIGZAG ? 0 : ring % 2 == 0 ? -0.16 : 0.16;
  }

  /** The largest rings with which everything fits; segments keep apart by a fixed gap. */
  static Layout layout(ChainLinkScene scene, int width, int height, Rendering rendering) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < scene.open(); i++) {
      order.add(0);
    }
    order.addAll(scene.lengths());
    if (!rendering.equals(Rendering.PLAIN)) {
      shuffle(order, rendering.seeds("order").random());
    }
    double radius = Math.min(width, height) / 9.0;
    while (true) {
      List<Place> places = flow(order, width / radius);
      double bottom = places.getLast().y() + 1.2 + MARGIN;
      if (!places.isEmpty() && bottom * radius <= height) {
        return new Layout(radius, centred(places, height / radius - bottom));
      }
      radius *= 0.97;
    }
  }

  private static List<Place> centred(List<Place> places, double spare) {
    return places.stream()
        .map(place -> new Place(place.length(), place.x(), place.y() + spare / 2))
        .toList();
  }

  private static List<Place> flow(List<Integer> order, double width) {
    List<Place> places = new ArrayList<>();
    double left = MARGIN;
    double y = MARGIN + 1.2;
    for (int length : order) {
      double extent = extent(length);
      if (left > MARGIN && left + extent > width - MARGIN) {
        left = MARGIN;
        y += LINE_HEIGHT;
      }
      if (left + extent > width - MARGIN) {
        // Too wide for a line of its own: so far down that the caller takes smaller rings.
        y += 1_000_000;
      }
      places.add(new Place(length, left + 1, y));
      left += extent + GAP;
    }
    return places;
  }

  static double extent(int length) {
    return 2 + PITCH * Math.max(0, length - 1);
  }

  private static void shuffle(List<Integer> order, SplittableRandom random) {
    for (int i = order.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order.get(i);
      order.set(i, order.get(j));
      order.set(j, swapped);
    }
  }
}
