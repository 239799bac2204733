package dev.sightline.puzzle.numberslide;

import dev.sightline.puzzle.render.Anchor;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.PictureSize;
import dev.sightline.puzzle.render.Rendering;
import java.util.List;
import java.util.Optional;

/** Tiles with numbers inside a red frame. */
final class NumberSlidePainter {
  /** A smaller place cannot hold two legible digits. */
  private static final int SMALLEST_CELL = 20;

  private static final int INK = 0x1c1c1c;

  /** Inks that tiles may be tinted with. */
  private static final List<String> TINTS = List.of("yellow", "orange", "cyan", "green", "pink");

  private NumberSlidePainter() {}

  static Optional<String> sizeProblem(int size, int width, int height) {
    int least = PictureSize.least(side -> cell(size, side, side) >= SMALLEST_CELL);
    return PictureSize.below(
        least, width, height, "are too few for boards of %d x %d".formatted(size, size));
  }

  /** Side of a place in pixels; a tenth of the shorter side is left for frame and margin. */
  static int cell(int size, int width, int height) {
    return Math.min(width, height) * 9 / 10 / size;
  }

  /** Colour of a tile: light enough for dark digits. */
  static int tile(Rendering rendering) {
    String tint = TINTS.get(rendering.style(TINTS.size()));
    return Colours.mix(rendering.palette().rgb(tint), 0xffffff, 0.45);
  }

  static void paint(NumberSlideScene scene, Canvas canvas, Rendering rendering) {
    Background.paint(canvas, rendering);
    int cell = cell(scene.size(), canvas.width(), canvas.height());
    int side = cell * scene.size();
    int left = (canvas.width() - side) / 2;
    int top = (canvas.height() - side) / 2;
    int frame = (int) Math.max(1, Math.round(rendering.line(side / 60.0)));
    int gap = Math.max(1, cell / 20);
    canvas.frame(
        left - frame - gap,
        top - frame - gap,
        side + 2.0 * (frame + gap),
        side + 2.0 * (frame + gap),
        frame,
        rendering.palette().rgb("red"));
    int fill = tile(rendering);
    int edge = Colours.mix(fill, 0x000000, 0.45);
    double radius = rendering.variant() / TINTS.size() % 2 == 0 ? cell / 6.0 : 0;
    double line = Math.max(1, rendering.line(cell / 40.0));
    for (int row = 0; row < scene.size(); row++) {
      for (int column = 0; column < scene.size(); column++) {
        int number = scene.at(row, column);
        if (number > 0) {
          double x = left + column * cell + gap;
          double y = top + row * cell + gap;
          double inner = cell - 2.0 * gap;
          canvas.roundedRectangle(x, y, inner, inner, radius, edge);
          canvas.roundedRectangle(
              x + line, y + line, inner - 2 * line, inner - 2 * line, radius - line, fill);
          canvas.text(
              Integer.toString(number),
              left + column * cell + cell / 2.0,
              top + row * cell + cell / 2.0,
              cell * 0.36,
              Anchor.CENTER,
              rendering.font(),
              INK);
        }
      }
    }
  }
}
