package dev.sightline.puzzle.checkermove;

import dev.sightline.puzzle.render.Anchor;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.FontFace;
import dev.sightline.puzzle.render.PictureSize;
import dev.sightline.puzzle.render.Rendering;
import java.util.Optional;

/**
 * Two rows of numbered squares with checkers, start over end, in a centred square. Checkers differ
 * by a mark as well as by colour.
 */
final class CheckerPainter {
  private static final int DARK = 0x202020;
  private static final int LIGHT = 0xffffff;
  private static final double LEAST_CELL = 4;

  /** Left and upper edge of a row's first square and the side of a square, pixels. */
  record Row(double left, double top, double cell) {}

  private CheckerPainter() {}

  static Optional<String> sizeProblem(int length, int width, int height) {
    int least = PictureSize.least(side -> row(side, side, length, false).cell() >= LEAST_CELL);
    return PictureSize.below(
        least, width, height, "give squares of less than %.0f pixels".formatted(LEAST_CELL));
  }

  static Row row(int width, int height, int length, boolean below) {
    double side = Math.min(width, height);
    double cell = Math.floor(Math.min(side * 0.96 / length, side * 0.14));
    double left = Math.rint((width - cell * length) / 2);
    double middle = (height - side) / 2 + side * (below ? 0.74 : 0.28);
    return new Row(left, Math.rint(middle - cell / 2), cell);
  }

  static void paint(CheckerScene scene, Canvas canvas, Rendering rendering) {
    if (rendering.noise() > 0) {
      Background.paint(canvas, rendering);
    }
    paint(scene.start(), "Start", canvas, rendering, false);
    paint(scene.end(), "End", canvas, rendering, true);
  }

  private static void paint(
      String squares, String caption, Canvas canvas, Rendering rendering, boolean below) {
    double side = Math.min(canvas.width(), canvas.height());
    Row row = row(canvas.width(), canvas.height(), squares.length(), below);
    double cell = row.cell();
    double line = Math.max(1, Math.rint(rendering.line(Math.min(side * 0.006, cell * 0.06))));
    double wide = cell * squares.length();
    double text = side * 0.03;
    canvas.text(
        caption,
        (canvas.width() - side) / 2 + side * 0.02,
        row.top() - text * 1.8,
        text,
        Anchor.LEFT,
        rendering.font(),
        DARK);
    canvas.rectangle(row.left(), row.top(), wide, cell, 0xfffdf2);
    for (int i = 0; i <= squares.length(); i++) {
      canvas.rectangle(row.left() + i * cell - Math.floor(line / 2), row.top(), line, cell, DARK);
    }
    canvas.rectangle(row.left(), row.top(), wide, line, DARK);
    canvas.rectangle(row.left(), row.top() + cell - line, wide, line, DARK);
    double digits = Math.min(side * 0.026, cell * 0.42);
    for (int i = 0; i < squares.length(); i++) {
      double x = row.left() + (i + 0.5) * cell;
      canvas.text(
          Integer.toString(i + 1),
          x,
          row.top() + cell + digits * 1.3,
          digits,
          Anchor.CENTER,
          rendering.font(),
          0x505050);
      if (squares.charAt(i) != '_') {
        checker(squares.charAt(i) == 'G', x, row.top() + cell / 2, cell, canvas, rendering);
      }
    }
  }

  private static void checker(
      boolean green, double x, double y, double cell, Canvas canvas, Rendering rendering) {
    int colour = rendering.palette().rgb(green ? "green" : "red");
    int dark = Colours.distance(colour, DARK) > Colours.distance(colour, LIGHT) ? DARK : LIGHT;
    double radius = cell * 0.39;
    canvas.circle(x, y, radius, colour);
    switch (rendering.style(3)) {
      case 0 -> {
        // The way it goes.
        double size = radius * 0.5 * (green ? 1 : -1);
        canvas.polygon(
            new double[] {x - size, y - size, x + size * 1.2, y, x - size, y + size}, dark);
      }
      case 1 ->
          canvas.text(green ? "G" : "R", x, y, radius, Anchor.CENTER, FontFace.SANS_BOLD, dark);
      default -> {
        canvas.ring(x, y, radius * 0.9, Math.max(1, radius * 0.15), DARK);
        if (!green) {
          canvas.circle(x, y, radius * 0.4, dark);
        }
      }
    }
  }
}
