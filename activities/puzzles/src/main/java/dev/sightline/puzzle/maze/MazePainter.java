package dev.sightline.puzzle.maze;

import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Rendering;
import java.util.List;
import java.util.Optional;

/** Dark walls on light cells, a green arrow in and a blue arrow out. */
final class MazePainter {
  static final int SMALLEST_CELL = 4;

  /** Cells on either side of the maze that are left for the arrows. */
  private static final double MARGIN = 1.6;

  private static final List<String> TINTS = List.of("grey", "blue", "brown", "purple", "green");

  private MazePainter() {}

  /** Side of a cell in pixels. */
  static int cell(int rows, int columns, int width, int height) {
    return (int) Math.min(width / (columns + 2 * MARGIN), height / (rows + 2 * MARGIN));
  }

  static Optional<String> sizeProblem(int cells, int width, int height) {
    int least = (int) Math.ceil(SMALLEST_CELL * (cells + 2 * MARGIN));
    return cell(cells, cells, width, height) >= SMALLEST_CELL
        ? Optional.empty()
        : Optional.of(
            "%d x %d pixels; use at least %d x %d for mazes of up to %d x %d cells"
                .formatted(width, height, least, least, cells, cells));
  }

  static int wall(Rendering rendering) {
    int style = rendering.style(TINTS.size() + 1);
    return style == 0
        ? 0x101010
        : Colours.mix(rendering.palette().rgb(TINTS.get(style - 1)), 0x000000, 0.7);
  }

  static int floor(Rendering rendering) {
    return rendering.variant() / 6 % 2 == 0 ? 0xffffff : 0xfffbe8;
  }

  static void paint(MazeScene scene, Canvas canvas, Rendering rendering) {
    Background.paint(canvas, rendering);
    int cell = cell(scene.rows(), scene.columns(), canvas.width(), canvas.height());
    int left = (canvas.width() - cell * scene.columns()) / 2;
    int top = (canvas.height() - cell * scene.rows()) / 2;
    int width = cell * scene.columns();
    int height = cell * scene.rows();
    int wall = wall(rendering);
    int floor = floor(rendering);
    canvas.rectangle(left, top, width, height, floor);
    for (int row = 0; row < scene.rows(); row++) {
      int from = -1;
      for (int column = 0; column <= scene.columns(); column++) {
        boolean solid = column < scene.columns() && scene.at(row, column) == MazeScene.WALL;
        if (solid && from < 0) {
          from = column;
        } else if (!solid && from >= 0) {
          canvas.rectangle(
              left + from * cell, top + row * cell, (column - from) * cell, cell, wall);
          from = -1;
        }
      }
    }
    if (cell >= 8) {
      // Hairlines on floor and walls, so that cells can be counted also where walls are thick.
      int line = Colours.mix(floor, wall, 0.32);
      for (int row = 1; row < scene.rows(); row++) {
        canvas.rectangle(left, top + row * cell, width, 1, line);
      }
      for (int column = 1; column < scene.columns(); column++) {
        canvas.rectangle(left + column * cell, top, 1, height, line);
      }
    }
    for (int i = 0; i < scene.cells().length(); i++) {
      char kind = scene.cells().charAt(i);
      if (kind == MazeScene.ENTRY || kind == MazeScene.EXIT) {
        end(scene, canvas, rendering, cell, left, top, i);
      }
    }
  }

  private static void end(
      MazeScene scene, Canvas canvas, Rendering rendering, int cell, int left, int top, int at) {
    int row = at / scene.columns();
    int column = at % scene.columns();
    boolean entry = scene.cells().charAt(at) == MazeScene.ENTRY;
    int colour = rendering.palette().rgb(entry ? "green" : "blue");
    double x = left + (column + 0.5) * cell;
    double y = top + (row + 0.5) * cell;
    int outX = column == 0 ? -1 : column == scene.columns() - 1 ? 1 : 0;
    int outY = outX != 0 ? 0 : row == 0 ? -1 : row == scene.rows() - 1 ? 1 : 0;
    if (outX == 0 && outY == 0) {
      canvas.circle(x, y, cell * 0.35, colour);
      return;
    }
    double near = 0.55 * cell;
    double far = 2.0 * cell;
    double from = entry ? far : near;
    double to = entry ? near : far;
    canvas.arrow(
        x + outX * from,
        y + outY * from,
        x + outX * to,
        y + outY * to,
        cell * 0.34,
        cell * 0.85,
        colour);
  }
}
