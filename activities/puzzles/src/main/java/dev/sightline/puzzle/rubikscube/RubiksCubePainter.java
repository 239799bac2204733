package dev.sightline.puzzle.rubikscube;

import dev.sightline.puzzle.render.Anchor;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Rendering;
import java.util.Optional;

/** The net: Up above Front, then Left, Front, Right and Back in a row, Down below Front. */
final class RubiksCubePainter {
  static final int SMALLEST_CELL = 4;

  private static final int BODY = 0x181818;
  private static final int INK = 0x202020;

  /** Column and row of the faces in the net. */
  private static final int[][] PLACES = {{1, 0}, {0, 1}, {1, 1}, {2, 1}, {3, 1}, {1, 2}};

  private RubiksCubePainter() {}

  /**
   * Where things are, in pixels.
   *
   * @param gapX between faces beside each other
   * @param gapY above a face, where its name stands
   */
  record Geometry(int cell, int gapX, int gapY, int left, int top) {
    static Geometry of(int width, int height) {
      // 12 stickers and 3 + 2 half gaps of 0.35 across; 9 and 3 gaps of 0.75 down.
      int cell = (int) Math.min(width / 13.75, height / 11.75);
      int gapX = Math.max(1, (int) (cell * 0.35));
      int gapY = Math.max(1, (int) (cell * 0.75));
      int left = (width - 12 * cell - 3 * gapX) / 2;
      int top = (height - 9 * cell - 3 * gapY) / 2;
      return new Geometry(cell, gapX, gapY, left, top);
    }

    int x(CubeFace face) {
      return left + PLACES[face.ordinal()][0] * (3 * cell + gapX);
    }

    int y(CubeFace face) {
      return top + gapY + PLACES[face.ordinal()][1] * (3 * cell + gapY);
    }
  }

  static Optional<String> sizeProblem(int width, int height) {
    return Geometry.of(width, height).cell() >= SMALLEST_CELL
        ? Optional.empty()
        : Optional.of("%d x %d pixels; use at least 56 x 56".formatted(width, height));
  }

  static void paint(RubiksCubeScene scene, Canvas canvas, Rendering rendering) {
    Background.paint(canvas, rendering);
    Geometry g = Geometry.of(canvas.width(), canvas.height());
    int line = (int) Math.max(1, Math.round(rendering.line(g.cell() / 16.0)));
    for (CubeFace face : CubeFace.ALL) {
      int x = g.x(face);
      int y = g.y(face);
      canvas.rectangle(
          x - line, y - line, 3 * g.cell() + 2.0 * line, 3 * g.cell() + 2.0 * line, BODY);
      for (int i = 0; i < 9; i++) {
        CubeColour colour = CubeColour.of(scene.stickers().charAt(9 * face.ordinal() + i));
        canvas.rectangle(
            x + i % 3 * g.cell() + line,
            y + i / 3 * g.cell() + line,
            g.cell() - 2.0 * line,
            g.cell() - 2.0 * line,
            rendering.palette().rgb(colour.word()));
      }
      // Names cannot be read on the smallest pictures; the net's shape tells the faces there.
      if (g.cell() >= 12) {
        String name =
            face.word().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + face.word().substring(1);
        canvas.text(
            name,
            x + 1.5 * g.cell(),
            y - line - (g.gapY() - line) / 2.0,
            g.cell() * 0.38,
            Anchor.CENTER,
            rendering.font(),
            INK);
      }
    }
  }
}
