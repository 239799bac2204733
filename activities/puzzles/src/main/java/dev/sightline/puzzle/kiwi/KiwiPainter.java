package dev.sightline.puzzle.kiwi;

import dev.sightline.puzzle.render.IndexedImage;
import dev.sightline.puzzle.render.PalettePng;
import dev.sightline.puzzle.render.PictureSize;
import dev.sightline.puzzle.render.Rendering;
import java.util.Optional;

/**
 * Draws a board of small cells with whole-number geometry. Cells are squares; on a picture of
 * columns x 28 by rows x 28 pixels each is one merged patch of the policy's vision tower. Larger
 * cells and varied renderings are {@link KiwiPicture}'s.
 */
final class KiwiPainter {
  private static final int SMALLEST_CELL = 7;

  /** Cells up to this many pixels are drawn without blended edges in plain pictures. */
  private static final int PLAIN_CELL = 28;

  private static final int PAPER = 0;
  private static final int LINE = 1;
  private static final int SKIN = 2;
  private static final int FLESH = 3;
  private static final int CORE = 4;
  private static final int SEED = 5;
  private static final int ROT_SKIN = 6;
  private static final int ROT = 7;
  private static final int CROSS = 8;
  private static final int[] PALETTE = {
    0xffffff, 0xc8c8c8, 0x8a5a2b, 0x8fce3c, 0xf1f5c8, 0x2b2b16, 0x1e1410, 0x4a3626, 0xe01b24
  };

  /** Where the seeds lie, in hundredths of a cell from its centre. */
  private static final int[][] SEEDS = {
    {0, -20}, {14, -14}, {20, 0}, {14, 14}, {0, 20}, {-14, 14}, {-20, 0}, {-14, -14}
  };

  private KiwiPainter() {}

  static Optional<String> sizeProblem(int rows, int columns, int width, int height) {
    Optional<String> outside = PictureSize.outside(width, height);
    if (outside.isEmpty() && Math.min(width / columns, height / rows) < SMALLEST_CELL) {
      return Optional.of(
          "%d x %d pixels give cells of less than %d pixels; use at least %d x %d"
              .formatted(
                  width, height, SMALLEST_CELL, columns * SMALLEST_CELL, rows * SMALLEST_CELL));
    }
    return outside;
  }

  static byte[] png(KiwiScene scene, Rendering rendering, int width, int height) {
    sizeProblem(scene.rows(), scene.columns(), width, height)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException("imageSize: " + problem);
            });
    int side = Math.min(width / scene.columns(), height / scene.rows());
    if (side > PLAIN_CELL || !rendering.equals(Rendering.PLAIN)) {
      return KiwiPicture.png(scene, rendering, width, height);
    }
    IndexedImage image = new IndexedImage(width, height, PALETTE);
    int left = (width - side * scene.columns()) / 2;
    int top = (height - side * scene.rows()) / 2;
    int line = Math.max(1, side / 28);
    for (int row = 0; row < scene.rows(); row++) {
      for (int column = 0; column < scene.columns(); column++) {
        char kind = scene.at(row, column);
        for (int y = 0; y < side; y++) {
          for (int x = 0; x < side; x++) {
            boolean edge = x < line || y < line || x >= side - line || y >= side - line;
            int colour = edge ? LINE : colour(kind, 2 * x + 1 - side, 2 * y + 1 - side, side);
            image.set(left + column * side + x, top + row * side + y, colour);
          }
        }
      }
    }
    return PalettePng.encode(image);
  }

  /**
   * @param dx distance of the pixel's centre from the cell's centre, in half pixels
   */
  private static int colour(char kind, int dx, int dy, int side) {
    if (kind == KiwiScene.EMPTY || !within(dx, dy, 42, side)) {
      return PAPER;
    }
    if (kind == KiwiScene.ROTTEN) {
      boolean arm = Math.min(Math.abs(dx - dy), Math.abs(dx + dy)) * 100 <= 22 * side;
      if (arm && within(dx, dy, 37, side)) {
        return CROSS;
      }
      return within(dx, dy, 35, side) ? ROT : ROT_SKIN;
    }
    if (!within(dx, dy, 35, side)) {
      return SKIN;
    }
    if (within(dx, dy, 10, side)) {
      return CORE;
    }
    for (int[] seed : SEEDS) {
      if (within(dx - 2 * seed[0] * side / 100, dy - 2 * seed[1] * side / 100, 3, side)) {
        return SEED;
      }
    }
    return FLESH;
  }

  /** Whether the point lies within so many hundredths of the cell's side. */
  private static boolean within(int dx, int dy, int hundredths, int side) {
    long radius = 2L * hundredths * side;
    return 10_000L * ((long) dx * dx + (long) dy * dy) <= radius * radius;
  }
}
