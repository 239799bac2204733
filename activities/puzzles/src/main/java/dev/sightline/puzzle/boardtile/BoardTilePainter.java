package dev.sightline.puzzle.boardtile;

import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Rendering;

/** Squares of two tones on whole pixels; a hole shows the ground and a thin outline. */
final class BoardTilePainter {
  /** Yellow as in the classic board, then blue, green, purple. */
  private static final int[] TONES = {0xe0a000, 0x3070d0, 0x2f9a50, 0x9040c0};

  private static final int LEAST_CELL = 6;

  private BoardTilePainter() {}

  static int leastSide() {
    return LEAST_CELL * (BoardTileScene.LARGEST_SIDE + 1);
  }

  static int light(Rendering rendering) {
    return Colours.mix(tone(rendering), 0xffffff, 0.45);
  }

  static int dark(Rendering rendering) {
    return Colours.mix(tone(rendering), 0x000000, 0.3);
  }

  private static int tone(Rendering rendering) {
    return TONES[rendering.style(TONES.length)];
  }

  static void paint(BoardTileScene scene, Canvas canvas, Rendering rendering) {
    Background.paint(canvas, rendering);
    int side =
        (int)
            Math.min(
                canvas.width() / (scene.columns() + 0.6), canvas.height() / (scene.rows() + 0.6));
    int left = (canvas.width() - side * scene.columns()) / 2;
    int top = (canvas.height() - side * scene.rows()) / 2;
    int line = (int) Math.max(1, Math.round(rendering.line(side / 24.0)));
    int ink = Colours.mix(tone(rendering), 0x000000, 0.6);
    canvas.rectangle(
        left - line,
        top - line,
        side * scene.columns() + 2 * line,
        side * scene.rows() + 2 * line,
        ink);
    for (int row = 0; row < scene.rows(); row++) {
      for (int column = 0; column < scene.columns(); column++) {
        int x = left + column * side;
        int y = top + row * side;
        if (scene.left(row, column)) {
          canvas.rectangle(
              x, y, side, side, (row + column) % 2 == 0 ? light(rendering) : dark(rendering));
        } else {
          canvas.rectangle(x, y, side, side, rendering.background().tone());
          canvas.frame(x, y, side, side, line, Colours.mix(rendering.background().tone(), 0, 0.3));
        }
      }
    }
  }
}
