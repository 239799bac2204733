package dev.sightline.puzzle.wheeloffortune;

import dev.sightline.puzzle.render.Backdrops;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.FontFace;
import dev.sightline.puzzle.render.Polar;
import dev.sightline.puzzle.render.Rendering;
import java.util.List;

/**
 * Draws a wheel with the prizes' names along the radii and a dark arrow outside, pointing at the
 * middle. Neighbours have different colours, which mean nothing.
 */
final class WheelPainter {
  /** Below this the names are less than four pixels high. */
  static final int SMALLEST = 140;

  private static final int DARK = 0x202020;
  private static final int LIGHT = 0xffffff;

  /** In parts of the wheel's radius: where names end and may begin, their letters' height. */
  static final double TEXT_OUTER = 0.94;

  static final double TEXT_INNER = 0.28;
  static final double TEXT_HEIGHT = 0.083;

  private static final Backdrops GROUNDS = new Backdrops();

  private WheelPainter() {}

  static double radius(int width, int height) {
    return 0.395 * Math.min(width, height);
  }

  /** The ink of a sector: none of two neighbours, also where the wheel has eleven or twelve. */
  static int ink(int sector, Rendering rendering) {
    List<String> inks = rendering.palette().names();
    int place = sector < inks.size() ? sector : sector == inks.size() ? 4 : 6;
    return rendering.palette().rgb(inks.get((place + rendering.style(inks.size())) % inks.size()));
  }

  static int letters(int ink) {
    return Colours.distance(ink, DARK) > Colours.distance(ink, LIGHT) ? DARK : LIGHT;
  }

  /** The height of a name's capitals, smaller where a wide face would not fit. */
  static double height(String prize, double radius, FontFace face) {
    double usual = TEXT_HEIGHT * radius;
    double room = (TEXT_OUTER - TEXT_INNER) * radius;
    double width = Canvas.textWidth(prize, usual, face);
    return width <= room ? usual : usual * room / width;
  }

  static void paint(WheelScene scene, Canvas canvas, Rendering rendering) {
    int width = canvas.width();
    int height = canvas.height();
    canvas.sprite(
        GROUNDS.get(
            width, height, rendering, "wheel", () -> Background.canvas(width, height, rendering)),
        0,
        0);
    double x = width / 2.0;
    double y = height / 2.0;
    double radius = radius(width, height);
    double line = Math.max(1, rendering.line(0.012 * radius));
    int count = scene.edges().size();
    for (int i = 0; i < count; i++) {
      double start = scene.edges().get(i) - 90;
      double extent = Math.floorMod(scene.edges().get((i + 1) % count) - scene.edges().get(i), 360);
      canvas.sector(x, y, radius, start, extent, ink(i, rendering));
    }
    for (int edge : scene.edges()) {
      double angle = edge - 90;
      canvas.line(x, y, Polar.x(x, radius, angle), Polar.y(y, radius, angle), line, DARK);
    }
    canvas.ring(x, y, radius, 1.5 * line, DARK);
    for (int i = 0; i < count; i++) {
      double start = scene.edges().get(i) - 90;
      double extent = Math.floorMod(scene.edges().get((i + 1) % count) - scene.edges().get(i), 360);
      name(canvas, x, y, radius, start + extent / 2, scene.prizes().get(i), i, rendering);
    }
    canvas.circle(x, y, 0.07 * radius, DARK);
    double angle = scene.arrow() - 90;
    double head = 0.13 * radius;
    canvas.arrow(
        Polar.x(x, 1.24 * radius, angle),
        Polar.y(y, 1.24 * radius, angle),
        Polar.x(x, 1.02 * radius, angle),
        Polar.y(y, 1.02 * radius, angle),
        Math.max(2, 0.05 * radius),
        head,
        DARK);
  }

  private static void name(
      Canvas canvas,
      double x,
      double y,
      double radius,
      double angle,
      String prize,
      int sector,
      Rendering rendering) {
    double size = height(prize, radius, rendering.font());
    double length = Canvas.textWidth(prize, size, rendering.font());
    double middle = TEXT_OUTER * radius - length / 2;
    double turned = Math.floorMod((int) Math.floor(angle), 360);
    boolean left = turned >= 90 && turned < 270;
    canvas.textAlong(
        prize,
        Polar.x(x, middle, angle),
        Polar.y(y, middle, angle),
        size,
        left ? angle + 180 : angle,
        rendering.font(),
        letters(ink(sector, rendering)));
  }
}
