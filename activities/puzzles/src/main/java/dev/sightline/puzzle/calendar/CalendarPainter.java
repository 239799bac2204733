package dev.sightline.puzzle.calendar;

import dev.sightline.puzzle.render.Anchor;
import dev.sightline.puzzle.render.Backdrops;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Rendering;
import java.time.DayOfWeek;
import java.util.List;

/**
 * Draws a month as a table of seven columns under its name; the year is not shown. The plain style
 * begins weeks on Monday.
 */
final class CalendarPainter {
  /** Below this the numbers are less than five pixels high. */
  static final int SMALLEST = 112;

  private static final int DARK = 0x202020;
  private static final int PAPER = 0xffffff;
  private static final int ROWS = 6;

  /** Inks of the head; white letters stand out from each. */
  private static final List<String> HEADS = List.of("blue", "red", "green", "purple", "brown");

  private static final Backdrops GRIDS = new Backdrops();

  /** What varies beside lines, fonts and colours. */
  record Style(DayOfWeek weekStart, int letters, int head, boolean lines) {
    static Style of(Rendering rendering) {
      int variant = rendering.variant();
      return new Style(
          variant % 2 == 0 ? DayOfWeek.MONDAY : DayOfWeek.SUNDAY,
          variant / 2 % 2 == 0 ? 3 : 2,
          variant / 4 % HEADS.size(),
          variant / 20 % 2 == 0);
    }
  }

  /** Where things are, in pixels. */
  record Layout(double left, double top, double column, double row, double head, double names) {
    static Layout of(int width, int height) {
      double margin = 0.04 * Math.min(width, height);
      double side = Math.min(width, height) - 2 * margin;
      return new Layout(
          (width - side) / 2,
          (height - side) / 2,
          side / 7,
          0.123 * side,
          0.15 * side,
          0.112 * side);
    }

    double bottom() {
      return top + head + names + ROWS * row;
    }

    double centreX(int column0) {
      return left + (column0 + 0.5) * column;
    }

    double centreY(int row0) {
      return top + head + names + (row0 + 0.5) * row;
    }
  }

  private CalendarPainter() {}

  /** The place of a day, columns and rows from 0. */
  static int[] place(CalendarScene scene, int day, DayOfWeek weekStart) {
    int before = Math.floorMod(scene.first().getValue() - weekStart.getValue(), 7);
    int at = before + day - 1;
    return new int[] {at % 7, at / 7};
  }

  static void paint(CalendarScene scene, Canvas canvas, Rendering rendering) {
    int width = canvas.width();
    int height = canvas.height();
    Style style = Style.of(rendering);
    Layout layout = Layout.of(width, height);
    canvas.sprite(
        GRIDS.get(width, height, rendering, style, () -> grid(width, height, rendering, style)),
        0,
        0);
    canvas.text(
        CalendarText.name(scene.month()),
        layout.left() + 3.5 * layout.column(),
        layout.top() + layout.head() / 2,
        0.42 * layout.head(),
        Anchor.CENTER,
        rendering.font(),
        0xffffff);
    double size = 0.36 * layout.row();
    for (int day = 1; day <= scene.days(); day++) {
      int[] place = place(scene, day, style.weekStart());
      canvas.text(
          Integer.toString(day),
          layout.centreX(place[0]),
          layout.centreY(place[1]),
          size,
          Anchor.CENTER,
          rendering.font(),
          DARK);
    }
  }

  private static Canvas grid(int width, int height, Rendering rendering, Style style) {
    Canvas canvas = Background.canvas(width, height, rendering);
    Layout layout = Layout.of(width, height);
    int ink = rendering.palette().rgb(HEADS.get(style.head()));
    int dark = Colours.mix(ink, 0x000000, 0.35);
    double left = layout.left();
    double across = 7 * layout.column();
    canvas.rectangle(left, layout.top(), across, layout.bottom() - layout.top(), PAPER);
    canvas.rectangle(left, layout.top(), across, layout.head(), dark);
    double names = layout.top() + layout.head();
    canvas.rectangle(left, names, across, layout.names(), Colours.mix(ink, PAPER, 0.8));
    for (int column = 0; column < 7; column++) {
      String name = CalendarText.name(style.weekStart().plus(column));
      canvas.text(
          name.substring(0, style.letters()),
          layout.centreX(column),
          names + layout.names() / 2,
          0.34 * layout.names(),
          Anchor.CENTER,
          rendering.font(),
          DARK);
    }
    double line = Math.max(1, rendering.line(0.004 * across));
    int grey = 0x9a9a9a;
    for (int row = 0; row <= ROWS && style.lines(); row++) {
      double y = names + layout.names() + row * layout.row();
      canvas.rectangle(left, y - line / 2, across, line, grey);
    }
    for (int column = 1; column < 7 && style.lines(); column++) {
      double x = left + column * layout.column();
      canvas.rectangle(x - line / 2, names, line, layout.bottom() - names, grey);
    }
    canvas.frame(left, layout.top(), across, layout.bottom() - layout.top(), 1.5 * line, DARK);
    return canvas;
  }
}
