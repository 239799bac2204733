package dev.sightline.puzzle.nqueens;

import dev.sightline.puzzle.render.Anchor;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.FontFace;
import dev.sightline.puzzle.render.Rendering;

/** A chessboard with crowns; other styles show a crowned disc or a disc with the letter Q. */
final class NQueensPainter {
  private static final int STYLES = 3;
  private static final int[] LIGHT = {0xf0dcb4, 0xdde6f0, 0xe6ecd0};
  private static final int[] DARK = {0xc0905a, 0x86a4c4, 0x8fae6c};
  private static final int LEAST_CELL = 6;
  private static final int INK = 0x141414;
  private static final int PALE = 0xffffff;

  private NQueensPainter() {}

  static int leastSide() {
    return LEAST_CELL * (NQueensScene.LARGEST + 1);
  }

  /** Light squares, dark squares, queens: for the test of their distances. */
  static int[] colours(Rendering rendering) {
    return new int[] {light(rendering), dark(rendering), INK};
  }

  private static int light(Rendering rendering) {
    return LIGHT[rendering.style(STYLES * LIGHT.length) / STYLES];
  }

  private static int dark(Rendering rendering) {
    return DARK[rendering.style(STYLES * DARK.length) / STYLES];
  }

  static void paint(NQueensScene scene, Canvas canvas, Rendering rendering) {
    Background.paint(canvas, rendering);
    int side = (int) (Math.min(canvas.width(), canvas.height()) / (scene.size() + 0.5));
    int left = (canvas.width() - side * scene.size()) / 2;
    int top = (canvas.height() - side * scene.size()) / 2;
    int line = (int) Math.max(1, Math.round(rendering.line(side / 20.0)));
    canvas.rectangle(
        left - line,
        top - line,
        side * scene.size() + 2 * line,
        side * scene.size() + 2 * line,
        Colours.mix(dark(rendering), 0x000000, 0.55));
    canvas.rectangle(left, top, side * scene.size(), side * scene.size(), light(rendering));
    for (int row = 0; row < scene.size(); row++) {
      for (int column = 0; column < scene.size(); column++) {
        if ((row + column) % 2 == 1) {
          canvas.rectangle(left + column * side, top + row * side, side, side, dark(rendering));
        }
        if (scene.queen(row, column)) {
          queen(canvas, left + (column + 0.5) * side, top + (row + 0.5) * side, side, rendering);
        }
      }
    }
  }

  private static void queen(Canvas canvas, double x, double y, double side, Rendering rendering) {
    switch (rendering.style(STYLES)) {
      case 1 -> {
        canvas.circle(x, y, side * 0.42, INK);
        crown(canvas, x, y + side * 0.01, side * 0.62, PALE);
      }
      case 2 -> {
        canvas.circle(x, y, side * 0.42, INK);
        canvas.text("Q", x, y, side * 0.44, Anchor.CENTER, FontFace.SANS_BOLD, PALE);
      }
      default -> crown(canvas, x, y, side, INK);
    }
  }

  /** Five points with balls on a base, in a square of the given side. */
  private static void crown(Canvas canvas, double x, double y, double side, int ink) {
    double base = y + side * 0.24;
    double shoulder = y + side * 0.1;
    double[] outline = {
      x - side * 0.28,
      base,
      x - side * 0.37,
      y - side * 0.16,
      x - side * 0.2,
      shoulder - side * 0.06,
      x - side * 0.18,
      y - side * 0.27,
      x - side * 0.07,
      shoulder - side * 0.08,
      x,
      y - side * 0.3,
      x + side * 0.07,
      shoulder - side * 0.08,
      x + side * 0.18,
      y - side * 0.27,
      x + side * 0.2,
      shoulder - side * 0.06,
      x + side * 0.37,
      y - side * 0.16,
      x + side * 0.28,
      base
    };
    canvas.polygon(outline, ink);
    double ball = side * 0.05;
    canvas.circle(x - side * 0.37, y - side * 0.18, ball, ink);
    canvas.circle(x - side * 0.18, y - side * 0.3, ball, ink);
    canvas.circle(x, y - side * 0.33, ball, ink);
    canvas.circle(x + side * 0.18, y - side * 0.3, ball, ink);
    canvas.circle(x + side * 0.37, y - side * 0.18, ball, ink);
    canvas.rectangle(x - side * 0.29, base + side * 0.03, side * 0.58, side * 0.08, ink);
  }
}
