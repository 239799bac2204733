package dev.sightline.puzzle.kiwi;

import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Palette;
import dev.sightline.puzzle.render.Polar;
import dev.sightline.puzzle.render.Rendering;

/** Draws a board with smooth edges: each kind of cell once, then copied to its places. */
final class KiwiPicture {
  /** Whole slices, slices cut without a core, and fruits seen from outside. */
  private static final int STYLES = 3;

  private static final int SKIN = 0x8a5a2b;
  private static final int SEED = 0x2b2b16;
  private static final int ROT = 0x4a3626;
  private static final int ROT_SKIN = 0x1e1410;

  private final Rendering rendering;
  private final Palette palette;
  private final int side;
  private final int ground;

  private KiwiPicture(Rendering rendering, int side) {
    this.rendering = rendering;
    this.palette = rendering.palette();
    this.side = side;
    this.ground = rendering.background().tone();
  }

  static byte[] png(KiwiScene scene, Rendering rendering, int width, int height) {
    int side = Math.min(width / scene.columns(), height / scene.rows());
    int left = (width - side * scene.columns()) / 2;
    int top = (height - side * scene.rows()) / 2;
    Canvas canvas = Background.canvas(width, height, rendering);
    KiwiPicture picture = new KiwiPicture(rendering, side);
    Canvas empty = picture.cell(KiwiScene.EMPTY);
    Canvas fresh = picture.cell(KiwiScene.FRESH);
    Canvas rotten = picture.cell(KiwiScene.ROTTEN);
    for (int row = 0; row < scene.rows(); row++) {
      for (int column = 0; column < scene.columns(); column++) {
        Canvas cell =
            switch (scene.at(row, column)) {
              case KiwiScene.FRESH -> fresh;
              case KiwiScene.ROTTEN -> rotten;
              default -> empty;
            };
        canvas.sprite(cell, left + column * side, top + row * side);
      }
    }
    return canvas.png();
  }

  /** The colours that tell the kinds apart, for the test of their distances. */
  static int[] tellTale(Rendering rendering) {
    KiwiPicture picture = new KiwiPicture(rendering, 60);
    return new int[] {picture.ground, picture.flesh(), ROT, picture.cross()};
  }

  private int flesh() {
    return rendering.style(STYLES) == 2
        ? Colours.mix(SKIN, 0xd8a860, 0.45)
        : Colours.mix(palette.rgb("green"), 0xe8f040, 0.35);
  }

  private int cross() {
    return palette.rgb("red");
  }

  private Canvas cell(char kind) {
    Canvas cell = new Canvas(side, side, ground);
    double middle = side / 2.0;
    if (kind == KiwiScene.FRESH) {
      fresh(cell, middle);
    } else if (kind == KiwiScene.ROTTEN) {
      cell.circle(middle, middle, side * 0.42, ROT_SKIN);
      cell.circle(middle, middle, side * 0.36, ROT);
      double arm = side * 0.27;
      // The cross must stay readable on the smallest cells, whatever the scale of lines.
      double width = Math.max(side * 0.1, rendering.line(side * 0.12));
      cell.line(middle - arm, middle - arm, middle + arm, middle + arm, width, cross());
      cell.line(middle - arm, middle + arm, middle + arm, middle - arm, width, cross());
    }
    int line = (int) Math.max(1, Math.round(rendering.line(side / 30.0)));
    cell.frame(0, 0, side, side, line, Colours.mix(ground, 0x000000, 0.25));
    return cell;
  }

  private void fresh(Canvas cell, double middle) {
    int style = rendering.style(STYLES);
    cell.circle(middle, middle, side * 0.42, style == 2 ? Colours.mix(SKIN, 0, 0.25) : SKIN);
    cell.circle(middle, middle, side * (style == 2 ? 0.39 : 0.37), flesh());
    if (style == 2) {
      cell.ellipse(middle - side * 0.1, middle - side * 0.13, side * 0.11, side * 0.07, 0xf6e6c8);
      return;
    }
    if (style == 0) {
      cell.ellipse(middle, middle, side * 0.11, side * 0.13, 0xf1f5c8);
    }
    int seeds = style == 0 ? 12 : 9;
    for (int i = 0; i < seeds; i++) {
      double degrees = 360.0 * i / seeds + 15;
      cell.circle(
          Polar.x(middle, side * 0.21, degrees),
          Polar.y(middle, side * 0.21, degrees),
          Math.max(0.6, side * 0.024),
          SEED);
    }
  }
}
