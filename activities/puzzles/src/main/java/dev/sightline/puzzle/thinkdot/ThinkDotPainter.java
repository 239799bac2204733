package dev.sightline.puzzle.thinkdot;

import dev.sightline.puzzle.render.Anchor;
import dev.sightline.puzzle.render.Backdrops;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Rendering;

/**
 * Draws the toy from the front: three holes above, channels between the discs, and on each disc a
 * blue or yellow face, in the plain style with a flap that points where the next ball is sent.
 */
final class ThinkDotPainter {
  static final int SMALLEST = 80;
  private static final int DARK = 0x202020;
  private static final int LIGHT = 0xffffff;

  /** In parts of the smaller side, from its left top corner. */
  static final double RADIUS = 0.085;

  static final double[][] CENTRES = {
    {0.20, 0.29},
    {0.50, 0.29},
    {0.80, 0.29},
    {0.35, 0.54},
    {0.65, 0.54},
    {0.20, 0.79},
    {0.50, 0.79},
    {0.80, 0.79}
  };

  private static final Backdrops BODIES = new Backdrops();

  private ThinkDotPainter() {}

  static void paint(ThinkDotScene scene, Canvas canvas, Rendering rendering) {
    int width = canvas.width();
    int height = canvas.height();
    canvas.sprite(
        BODIES.get(width, height, rendering, "body", () -> body(width, height, rendering)), 0, 0);
    double side = Math.min(width, height);
    double left = (width - side) / 2;
    double top = (height - side) / 2;
    for (Disc disc : Disc.values()) {
      double x = left + CENTRES[disc.ordinal()][0] * side;
      double y = top + CENTRES[disc.ordinal()][1] * side;
      boolean blue = scene.faces().charAt(disc.ordinal()) == 'B';
      int ink = rendering.palette().rgb(blue ? "blue" : "yellow");
      double radius = RADIUS * side;
      canvas.circle(x, y, radius, DARK);
      canvas.circle(x, y, radius - Math.max(1, rendering.line(0.008 * side)), ink);
      if (rendering.style(2) == 0) {
        flap(canvas, x, y, radius, disc.sendsLeft(blue), blue ? LIGHT : DARK);
      }
    }
  }

  private static void flap(
      Canvas canvas, double x, double y, double radius, boolean left, int colour) {
    double along = left ? -1 : 1;
    double length = 0.5 * radius;
    canvas.polygon(
        new double[] {
          x + along * length,
          y,
          x - along * length,
          y - 0.42 * radius,
          x - along * length,
          y + 0.42 * radius
        },
        colour);
  }

  private static Canvas body(int width, int height, Rendering rendering) {
    Canvas canvas = Background.canvas(width, height, rendering);
    double side = Math.min(width, height);
    double left = (width - side) / 2;
    double top = (height - side) / 2;
    int shell = Colours.mix(rendering.palette().rgb("grey"), LIGHT, 0.55);
    int channel = Colours.mix(shell, LIGHT, 0.65);
    double line = Math.max(1, rendering.line(0.008 * side));
    canvas.roundedRectangle(
        left + 0.04 * side, top + 0.115 * side, 0.92 * side, 0.845 * side, 0.06 * side, shell);
    canvas.roundedFrame(
        left + 0.04 * side, top + 0.115 * side, 0.92 * side, 0.845 * side, 0.06 * side, line, DARK);
    double broad = 0.045 * side;
    for (Disc disc : Disc.values()) {
      double[] from = CENTRES[disc.ordinal()];
      for (int turn = 0; turn < 2; turn++) {
        Disc next = disc.next(turn == 0);
        if (next != null) {
          double[] to = CENTRES[next.ordinal()];
          canvas.line(
              left + from[0] * side,
              top + from[1] * side,
              left + to[0] * side,
              top + to[1] * side,
              broad,
              channel);
        }
      }
    }
    String holes = "LCR";
    for (int hole = 0; hole < 3; hole++) {
      double x = left + CENTRES[hole][0] * side;
      canvas.lineButt(x, top + 0.09 * side, x, top + CENTRES[hole][1] * side, broad, channel);
      canvas.ellipse(x, top + 0.117 * side, 0.045 * side, 0.02 * side, DARK);
      canvas.text(
          ThinkDotText.hole(holes.charAt(hole)),
          x,
          top + 0.055 * side,
          0.03 * side,
          Anchor.CENTER,
          rendering.font(),
          DARK);
    }
    return canvas;
  }
}
