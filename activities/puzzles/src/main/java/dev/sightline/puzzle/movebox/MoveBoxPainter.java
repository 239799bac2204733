package dev.sightline.puzzle.movebox;

import dev.sightline.puzzle.render.Anchor;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.FontFace;
import dev.sightline.puzzle.render.Rendering;

/**
 * A warehouse of square tiles within a ring of wall, which carries the numbers of rows, columns.
 */
final class MoveBoxPainter {
  private static final int DARK = 0x202020;
  private static final int LIGHT = 0xffffff;
  private static final int SKIN = 0xf0c8a0;
  private static final int[] WALLS = {0xa04a30, 0x565c64, 0x6b5a8e};

  /** Upper left corner of the ring and side of a tile, pixels, all whole numbers. */
  record Grid(int left, int top, int tile) {
    int x(int column) {
      return left + (column + 1) * tile;
    }

    int y(int row) {
      return top + (row + 1) * tile;
    }
  }

  private MoveBoxPainter() {}

  static Grid grid(int width, int height, int rows, int columns) {
    int tile = Math.min(width, height) / (Math.max(rows, columns) + 2);
    return new Grid((width - tile * (columns + 2)) / 2, (height - tile * (rows + 2)) / 2, tile);
  }

  static void paint(MoveBoxScene scene, Canvas canvas, Rendering rendering) {
    if (rendering.noise() > 0) {
      Background.paint(canvas, rendering);
    }
    Grid grid = grid(canvas.width(), canvas.height(), scene.rows(), scene.columns());
    Canvas wall = wall(grid.tile(), rendering);
    Canvas floor = floor(grid.tile(), rendering);
    for (int row = -1; row <= scene.rows(); row++) {
      for (int column = -1; column <= scene.columns(); column++) {
        boolean ring = row < 0 || column < 0 || row == scene.rows() || column == scene.columns();
        char thing = ring ? '#' : scene.at(row, column);
        int x = grid.x(column);
        int y = grid.y(row);
        canvas.sprite(thing == '#' ? wall : floor, x, y);
        switch (thing) {
          case 'B' -> box(canvas, rendering, x, y, grid.tile());
          case 'T' -> flag(canvas, rendering, x, y, grid.tile());
          case 'P' -> person(canvas, rendering, x, y, grid.tile());
          default -> {}
        }
      }
    }
    for (int row = 0; row < scene.rows(); row++) {
      number(canvas, rendering, row + 1, grid.x(-1), grid.y(row), grid.tile());
    }
    for (int column = 0; column < scene.columns(); column++) {
      number(canvas, rendering, column + 1, grid.x(column), grid.y(-1), grid.tile());
    }
  }

  static int wallColour(Rendering rendering) {
    return WALLS[rendering.style(WALLS.length)];
  }

  static int floorColour(Rendering rendering) {
    return rendering.style(2) == 0 ? 0xf1ead8 : 0xe4ece6;
  }

  private static Canvas wall(int tile, Rendering rendering) {
    int colour = wallColour(rendering);
    int joint = Colours.mix(colour, LIGHT, 0.35);
    Canvas wall = new Canvas(tile, tile, colour);
    int line = Math.max(1, (int) Math.rint(rendering.line(tile * 0.04)));
    int courses = 3;
    for (int course = 0; course < courses; course++) {
      int y = course * tile / courses;
      int next = (course + 1) * tile / courses;
      wall.rectangle(0, y, tile, line, joint);
      wall.rectangle(course % 2 == 0 ? 0 : tile / 2, y, line, next - y, joint);
    }
    return wall;
  }

  private static Canvas floor(int tile, Rendering rendering) {
    int colour = floorColour(rendering);
    Canvas floor = new Canvas(tile, tile, colour);
    int edge = Colours.mix(colour, 0x000000, 0.15);
    floor.rectangle(0, 0, tile, 1, edge);
    floor.rectangle(0, 0, 1, tile, edge);
    return floor;
  }

  private static void box(Canvas canvas, Rendering rendering, int x, int y, int tile) {
    int wood = rendering.palette().rgb("orange");
    int edge = Colours.mix(wood, 0x000000, 0.55);
    double inset = Math.rint(tile * 0.12);
    double side = tile - 2 * inset;
    double line = Math.max(1, Math.rint(rendering.line(tile * 0.07)));
    double left = x + inset;
    double top = y + inset;
    canvas.rectangle(left, top, side, side, wood);
    canvas.lineButt(left, top, left + side, top + side, line, edge);
    canvas.lineButt(left, top + side, left + side, top, line, edge);
    canvas.frame(left, top, side, side, line, edge);
  }

  private static void flag(Canvas canvas, Rendering rendering, int x, int y, int tile) {
    double pole = x + tile * 0.32;
    double line = Math.max(1, Math.rint(rendering.line(tile * 0.07)));
    double top = y + tile * 0.12;
    canvas.polygon(
        new double[] {pole, top, x + tile * 0.85, y + tile * 0.31, pole, y + tile * 0.5},
        rendering.palette().rgb("green"));
    canvas.rectangle(
        Math.rint(pole - line / 2), Math.rint(top), line, Math.rint(tile * 0.76), DARK);
    canvas.rectangle(
        Math.rint(x + tile * 0.18),
        Math.rint(top + tile * 0.76 - line),
        Math.rint(tile * 0.3),
        line,
        DARK);
  }

  private static void person(Canvas canvas, Rendering rendering, int x, int y, int tile) {
    int coat = rendering.palette().rgb("blue");
    double middle = x + tile / 2.0;
    canvas.polygon(
        new double[] {
          middle - tile * 0.17,
          y + tile * 0.42,
          middle + tile * 0.17,
          y + tile * 0.42,
          middle + tile * 0.30,
          y + tile * 0.90,
          middle - tile * 0.30,
          y + tile * 0.90
        },
        coat);
    canvas.circle(middle, y + tile * 0.27, tile * 0.19, DARK);
    canvas.circle(middle, y + tile * 0.28, tile * 0.155, SKIN);
  }

  private static void number(
      Canvas canvas, Rendering rendering, int number, int x, int y, int tile) {
    double height = Math.min(tile * 0.45, Math.min(canvas.width(), canvas.height()) * 0.05);
    double plate = Math.rint(height * 1.7);
    double left = x + Math.rint((tile - plate) / 2);
    double top = y + Math.rint((tile - plate) / 2);
    canvas.rectangle(left, top, plate, plate, Colours.mix(wallColour(rendering), 0x000000, 0.45));
    canvas.text(
        Integer.toString(number),
        left + plate / 2,
        top + plate / 2,
        height,
        Anchor.CENTER,
        FontFace.SANS_BOLD,
        LIGHT);
  }
}
