package dev.sightline.puzzle.clock;

import dev.sightline.puzzle.render.Anchor;
import dev.sightline.puzzle.render.Backdrops;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Palette;
import dev.sightline.puzzle.render.Polar;
import dev.sightline.puzzle.render.Rendering;
import java.util.List;

/**
 * Draws a clock without a second hand; twelve is always at the top. The hour hand moves between the
 * hours. It is the shorter, the broader and the darker one, whatever the rendering.
 */
final class ClockPainter {
  /** Below this the minute marks run together. */
  static final int SMALLEST = 64;

  /** Lengths and widths of the hands in parts of the radius, before the line scale. */
  static final double HOUR_LENGTH = 0.50;

  static final double MINUTE_LENGTH = 0.80;
  static final double HOUR_WIDTH = 0.085;
  static final double MINUTE_WIDTH = 0.040;

  private static final int DARK = 0x202020;
  private static final int FACE = 0xffffff;

  /** The long hand's ink; every one is far from the dark of the short hand and of the ticks. */
  static final List<String> MINUTE_INKS = List.of("blue", "red", "green", "purple", "orange");

  private static final String[] ROMAN = {
    "XII", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI"
  };
  private static final Backdrops FACES = new Backdrops();

  /** What varies beside lines, fonts and colours. */
  record Style(Numerals numerals, boolean minuteTicks, boolean square, int minuteInk) {
    static Style of(Rendering rendering) {
      int variant = rendering.variant();
      Numerals numerals = Numerals.values()[variant % 3];
      return new Style(
          numerals,
          // Without either, the exact minute is a guess.
          numerals == Numerals.NONE || variant / 3 % 2 == 0,
          variant / 6 % 2 == 1,
          variant / 12 % MINUTE_INKS.size());
    }
  }

  enum Numerals {
    ARABIC,
    ROMAN,
    NONE
  }

  private ClockPainter() {}

  static void paint(ClockScene scene, Canvas canvas, Rendering rendering) {
    int width = canvas.width();
    int height = canvas.height();
    Style style = Style.of(rendering);
    canvas.sprite(
        FACES.get(width, height, rendering, style, () -> face(width, height, rendering, style)),
        0,
        0);
    double x = width / 2.0;
    double y = height / 2.0;
    double radius = radius(width, height);
    Palette palette = rendering.palette();
    hand(
        canvas,
        x,
        y,
        hourDegrees(scene),
        HOUR_LENGTH * radius,
        rendering.line(HOUR_WIDTH * radius),
        DARK);
    hand(
        canvas,
        x,
        y,
        minuteDegrees(scene),
        MINUTE_LENGTH * radius,
        rendering.line(MINUTE_WIDTH * radius),
        palette.rgb(MINUTE_INKS.get(style.minuteInk())));
    canvas.circle(x, y, 0.045 * radius, DARK);
  }

  /** Canvas angle of the short hand. */
  static double hourDegrees(ClockScene scene) {
    return 270 + (scene.hour() % 12 * 60 + scene.minute()) * 0.5;
  }

  /** Canvas angle of the long hand. */
  static double minuteDegrees(ClockScene scene) {
    return 270 + scene.minute() * 6.0;
  }

  private static double radius(int width, int height) {
    return Math.min(width, height) * 0.46;
  }

  private static void hand(
      Canvas canvas, double x, double y, double degrees, double length, double width, int colour) {
    double alongX = Polar.cosine(degrees);
    double alongY = Polar.sine(degrees);
    double half = width / 2;
    double back = -0.10 * length;
    double shoulder = length - width;
    canvas.polygon(
        new double[] {
          x + back * alongX - half * alongY,
          y + back * alongY + half * alongX,
          x + shoulder * alongX - half * alongY,
          y + shoulder * alongY + half * alongX,
          x + length * alongX,
          y + length * alongY,
          x + shoulder * alongX + half * alongY,
          y + shoulder * alongY - half * alongX,
          x + back * alongX + half * alongY,
          y + back * alongY - half * alongX
        },
        colour);
  }

  private static Canvas face(int width, int height, Rendering rendering, Style style) {
    Canvas canvas = Background.canvas(width, height, rendering);
    double x = width / 2.0;
    double y = height / 2.0;
    double radius = radius(width, height);
    double rim = Math.max(1.5, rendering.line(0.025 * radius));
    if (style.square()) {
      canvas.roundedRectangle(x - radius, y - radius, 2 * radius, 2 * radius, 0.15 * radius, FACE);
      canvas.roundedFrame(x - radius, y - radius, 2 * radius, 2 * radius, 0.15 * radius, rim, DARK);
    } else {
      canvas.circle(x, y, radius, FACE);
      canvas.ring(x, y, radius - rim / 2, rim, DARK);
    }
    double outer = 0.95 * radius;
    for (int minute = 0; minute < 60; minute++) {
      boolean hour = minute % 5 == 0;
      if (!hour && !style.minuteTicks()) {
        continue;
      }
      double inner = (hour ? 0.85 : 0.905) * radius;
      double degrees = 270 + 6.0 * minute;
      canvas.lineButt(
          Polar.x(x, inner, degrees),
          Polar.y(y, inner, degrees),
          Polar.x(x, outer, degrees),
          Polar.y(y, outer, degrees),
          Math.max(hour ? 1.2 : 0.6, rendering.line((hour ? 0.022 : 0.010) * radius)),
          DARK);
    }
    numerals(canvas, x, y, radius, rendering, style);
    return canvas;
  }

  private static void numerals(
      Canvas canvas, double x, double y, double radius, Rendering rendering, Style style) {
    double size = (style.numerals() == Numerals.ROMAN ? 0.10 : 0.125) * radius;
    for (int hour = 0; hour < 12; hour++) {
      String text =
          switch (style.numerals()) {
            case ARABIC -> Integer.toString(hour == 0 ? 12 : hour);
            case ROMAN -> ROMAN[hour];
            case NONE -> "";
          };
      double degrees = 270 + 30.0 * hour;
      canvas.text(
          text,
          Polar.x(x, 0.71 * radius, degrees),
          Polar.y(y, 0.71 * radius, degrees),
          size,
          Anchor.CENTER,
          rendering.font(),
          DARK);
    }
  }
}
