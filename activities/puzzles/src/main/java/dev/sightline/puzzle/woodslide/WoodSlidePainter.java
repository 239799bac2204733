package dev.sightline.puzzle.woodslide;

import dev.sightline.puzzle.render.Anchor;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Rendering;
import java.util.List;
import java.util.Optional;

/** The start and the end beside each other, or above each other where the picture is tall. */
final class WoodSlidePainter {
  static final int SMALLEST_CELL = 10;

  private static final int INK = 0x202020;
  private static final int FLOOR = 0xffffff;
  private static final String SHAPES = "SHVB";

  /** Wood tones by shape: one cell, wide, tall, square. */
  private static final int[] BROWNS = {0xe3b778, 0xc98d4b, 0xa5692f, 0x7d4a22};

  private static final List<String> TINTS = List.of("brown", "orange", "blue", "green", "purple");

  private WoodSlidePainter() {}

  /**
   * Where things are, in pixels.
   *
   * @param beside whether the end is to the right of the start
   */
  record Geometry(int cell, boolean beside, int left, int top) {
    static Geometry of(int width, int height) {
      // A board and its margins: 5 cells across, 6.6 down with the word above.
      int across = (int) Math.min(width / 10.0, height / 6.6);
      int down = (int) Math.min(width / 5.0, height / 13.2);
      int cell = Math.max(across, down);
      boolean beside = across >= down;
      int wide = (beside ? 9 : 4) * cell;
      int tall = (int) ((beside ? 6 : 12.4) * cell);
      return new Geometry(cell, beside, (width - wide) / 2, (height - tall) / 2);
    }

    int x(boolean start) {
      return start || !beside ? left : left + 5 * cell;
    }

    int y(boolean start) {
      return top + cell + (start || beside ? 0 : (int) (6.4 * cell));
    }
  }

  static Optional<String> sizeProblem(int width, int height) {
    return Geometry.of(width, height).cell() >= SMALLEST_CELL
        ? Optional.empty()
        : Optional.of("%d x %d pixels; use at least 100 x 100".formatted(width, height));
  }

  /** The colour of a shape, by its place in S, H, V, B. */
  static int tone(Rendering rendering, int shape) {
    int style = rendering.style(TINTS.size() + 1);
    return style == 0
        ? BROWNS[shape]
        : Colours.mix(rendering.palette().rgb(TINTS.get(style - 1)), 0xffffff, 0.6 - 0.2 * shape);
  }

  static void paint(WoodSlideScene scene, Canvas canvas, Rendering rendering) {
    Background.paint(canvas, rendering);
    Geometry g = Geometry.of(canvas.width(), canvas.height());
    board(scene.start(), "Start", g.x(true), g.y(true), g.cell(), canvas, rendering);
    board(scene.end(), "End", g.x(false), g.y(false), g.cell(), canvas, rendering);
  }

  private static void board(
      String board, String name, int left, int top, int cell, Canvas canvas, Rendering rendering) {
    int frame = (int) Math.max(1, Math.round(rendering.line(cell / 9.0)));
    int width = cell * WoodSlideScene.COLUMNS;
    int height = cell * WoodSlideScene.ROWS;
    canvas.text(
        name,
        left + width / 2.0,
        top - frame - cell * 0.42,
        cell * 0.4,
        Anchor.CENTER,
        rendering.font(),
        INK);
    canvas.rectangle(
        left - frame, top - frame, width + 2.0 * frame, height + 2.0 * frame, 0x3a2412);
    canvas.rectangle(left, top, width, height, FLOOR);
    double gap = Math.max(1, cell / 22.0);
    double line = Math.max(1, rendering.line(cell / 24.0));
    double radius = rendering.variant() / 6 % 2 == 0 ? cell / 8.0 : 0;
    for (int shape = 0; shape < SHAPES.length(); shape++) {
      int tone = tone(rendering, shape);
      int edge = Colours.mix(tone, 0x000000, 0.6);
      double wide = (shape % 2 == 1 ? 2 : 1) * cell - 2 * gap;
      double tall = (shape >= 2 ? 2 : 1) * cell - 2 * gap;
      for (int corner : WoodSlideMistakes.corners(board, SHAPES.charAt(shape))) {
        double x = left + corner % WoodSlideScene.COLUMNS * cell + gap;
        double y = top + corner / WoodSlideScene.COLUMNS * cell + gap;
        canvas.roundedRectangle(x, y, wide, tall, radius, edge);
        canvas.roundedRectangle(
            x + line, y + line, wide - 2 * line, tall - 2 * line, radius - line, tone);
      }
    }
  }
}
