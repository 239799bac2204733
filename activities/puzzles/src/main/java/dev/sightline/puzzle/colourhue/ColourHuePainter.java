package dev.sightline.puzzle.colourhue;

import dev.sightline.puzzle.render.Anchor;
import dev.sightline.puzzle.render.Backdrops;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Rendering;

/**
 * Draws the board in disorder (A) and the one in order (B), side by side or, where that makes
 * larger tiles, one above the other. Rows have letters, columns numbers.
 */
final class ColourHuePainter {
  /** Below this the letters are less than five pixels high. */
  static final int SMALLEST = 168;

  private static final int DARK = 0x202020;
  private static final int PAPER = 0xffffff;
  private static final Backdrops ORDERED = new Backdrops();

  private record Size(int rows, int columns) {}

  /**
   * Where the boards are, in pixels: the left top corner of the tiles of (A) and of (B).
   *
   * @param tile side of a tile with its gap
   * @param text height of letters and numbers
   */
  record Layout(int tile, int leftA, int topA, int leftB, int topB, double text, double title) {
    static Layout of(int width, int height, int rows, int columns) {
      int side = Math.min(width, height);
      int margin = Math.max(2, side / 40);
      int label = Math.max(8, side / 20);
      int head = label + Math.max(10, side / 13);
      int beside =
          Math.min(
              (width - 3 * margin - 2 * label) / (2 * columns),
              (height - 2 * margin - head) / rows);
      int above =
          Math.min(
              (width - 2 * margin - label) / columns,
              (height - 3 * margin - 2 * head) / (2 * rows));
      int tile = Math.max(beside, above);
      int boardWidth = tile * columns;
      int boardHeight = tile * rows;
      double text = 0.03 * side;
      double title = 0.037 * side;
      if (beside >= above) {
        int gap = (width - 2 * boardWidth - 2 * label) / 3;
        int top = head + (height - head - boardHeight) / 2;
        return new Layout(
            tile, gap + label, top, 2 * gap + 2 * label + boardWidth, top, text, title);
      }
      int gap = (height - 2 * boardHeight - 2 * head) / 3;
      int left = label + (width - label - boardWidth) / 2;
      return new Layout(
          tile, left, gap + head, left, 2 * gap + 2 * head + boardHeight, text, title);
    }
  }

  private ColourHuePainter() {}

  static void paint(ColourHueScene scene, Canvas canvas, Rendering rendering) {
    int width = canvas.width();
    int height = canvas.height();
    int rows = scene.rows();
    int columns = scene.columns();
    Layout layout = Layout.of(width, height, rows, columns);
    canvas.sprite(
        ORDERED.get(
            width,
            height,
            rendering,
            new Size(rows, columns),
            () -> ordered(width, height, rows, columns, rendering)),
        0,
        0);
    for (int place = 0; place < scene.tiles().size(); place++) {
      tile(
          canvas,
          layout,
          layout.leftA() + place % columns * layout.tile(),
          layout.topA() + place / columns * layout.tile(),
          Hues.colour(
              scene.tiles().get(place) / columns,
              scene.tiles().get(place) % columns,
              rows,
              columns,
              rendering));
    }
  }

  private static void tile(Canvas canvas, Layout layout, int left, int top, int colour) {
    int gap = gap(layout);
    canvas.rectangle(left + gap, top + gap, layout.tile() - gap, layout.tile() - gap, colour);
  }

  private static int gap(Layout layout) {
    return Math.max(1, layout.tile() / 24);
  }

  /** All but the tiles in disorder. */
  private static Canvas ordered(int width, int height, int rows, int columns, Rendering rendering) {
    Canvas canvas = Background.canvas(width, height, rendering);
    Layout layout = Layout.of(width, height, rows, columns);
    frame(canvas, layout, layout.leftA(), layout.topA(), rows, columns, "(A)", rendering);
    frame(canvas, layout, layout.leftB(), layout.topB(), rows, columns, "(B)", rendering);
    for (int place = 0; place < rows * columns; place++) {
      tile(
          canvas,
          layout,
          layout.leftB() + place % columns * layout.tile(),
          layout.topB() + place / columns * layout.tile(),
          Hues.colour(place / columns, place % columns, rows, columns, rendering));
    }
    return canvas;
  }

  private static void frame(
      Canvas canvas,
      Layout layout,
      int left,
      int top,
      int rows,
      int columns,
      String title,
      Rendering rendering) {
    int gap = gap(layout);
    int tile = layout.tile();
    canvas.rectangle(left, top, columns * tile + gap, rows * tile + gap, PAPER);
    for (int column = 0; column < columns; column++) {
      canvas.text(
          Integer.toString(column + 1),
          left + (column + 0.5) * tile,
          top - 0.9 * layout.text(),
          layout.text(),
          Anchor.CENTER,
          rendering.font(),
          DARK);
    }
    for (int row = 0; row < rows; row++) {
      canvas.text(
          Character.toString('a' + row),
          left - 0.9 * layout.text(),
          top + (row + 0.5) * tile,
          layout.text(),
          Anchor.CENTER,
          rendering.font(),
          DARK);
    }
    canvas.text(
        title,
        left + columns * tile / 2.0,
        top - 1.8 * layout.text() - layout.title(),
        layout.title(),
        Anchor.CENTER,
        rendering.font(),
        DARK);
  }
}
