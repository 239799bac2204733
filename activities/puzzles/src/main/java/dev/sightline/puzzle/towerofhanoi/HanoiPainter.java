package dev.sightline.puzzle.towerofhanoi;

import dev.sightline.puzzle.render.Anchor;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.FontFace;
import dev.sightline.puzzle.render.Palette;
import dev.sightline.puzzle.render.PictureSize;
import dev.sightline.puzzle.render.Rendering;
import java.util.Optional;

/**
 * Start over end, each with three rods on a base, in a centred square. Disks carry their numbers,
 * so that nothing depends on telling two widths apart.
 */
final class HanoiPainter {
  static final int MOST_DISKS = 9;

  private static final String[] DISK_INKS = {
    "red", "blue", "yellow", "green", "orange", "purple", "cyan", "pink"
  };
  private static final int DARK = 0x202020;
  private static final int LIGHT = 0xffffff;
  private static final double LEAST_DISK = 4;

  /**
   * Where things lie, pixels.
   *
   * @param base bottom of the lowest disks
   * @param rodTop upper end of the rods
   * @param disk height of a disk
   */
  record Board(double left, double top, double side, double base, double rodTop, double disk) {
    /** The middle of a rod. */
    double rod(int rod) {
      return left + side * (1 + 2 * rod) / 6;
    }

    /** The left end of the base, which is as far from the right edge as from the left. */
    double baseLeft() {
      return left + Math.rint(side * 0.02);
    }

    double baseWidth() {
      return side - 2 * Math.rint(side * 0.02);
    }

    /** The width of a disk, 0 the smallest. */
    double width(int disk, int disks) {
      double least = 0.085;
      double most = 0.28;
      double step = disks == 1 ? 0 : Math.min(0.045, (most - least) / (disks - 1));
      return side * (least + (disks == 1 ? 0.1 : 0) + step * disk);
    }
  }

  private HanoiPainter() {}

  static Optional<String> sizeProblem(int disks, int width, int height) {
    int least = PictureSize.least(side -> board(side, side, disks, false).disk() >= LEAST_DISK);
    return PictureSize.below(least, width, height, "make %d disks too flat".formatted(disks));
  }

  static Board board(int width, int height, int disks, boolean below) {
    double side = Math.min(width, height);
    double left = Math.rint((width - side) / 2);
    double half = side / 2;
    double top = Math.rint((height - side) / 2 + (below ? half : 0));
    double base = Math.rint(top + half * 0.83);
    double rodTop = Math.rint(top + half * 0.16);
    double disk = Math.floor(Math.min((base - rodTop) / (disks + 0.6), side * 0.045));
    return new Board(left, top, side, base, rodTop, disk);
  }

  static void paint(HanoiScene scene, Canvas canvas, Rendering rendering) {
    if (rendering.noise() > 0) {
      Background.paint(canvas, rendering);
    }
    half(scene.start(), "Start", canvas, rendering, false);
    half(scene.end(), "End", canvas, rendering, true);
  }

  private static void half(
      String rods, String caption, Canvas canvas, Rendering rendering, boolean below) {
    int disks = rods.length();
    Board board = board(canvas.width(), canvas.height(), disks, below);
    double side = board.side();
    double text = side * 0.027;
    FontFace font = rendering.font();
    int wood = rendering.palette().rgb(rendering.style(2) == 0 ? "brown" : "grey");
    double line = Math.max(1, Math.rint(rendering.line(side * 0.011)));
    canvas.text(
        caption,
        board.left() + side * 0.02,
        board.top() + side * 0.04,
        text * 1.1,
        Anchor.LEFT,
        font,
        DARK);
    if (below) {
      double rule = Math.max(1, Math.rint(side * 0.003));
      canvas.rectangle(board.left(), board.top(), side, rule, 0xb0b0b0);
    }
    canvas.rectangle(
        board.baseLeft(),
        board.base(),
        board.baseWidth(),
        Math.max(2, Math.rint(side * 0.012)),
        wood);
    for (int rod = 0; rod < 3; rod++) {
      double x = board.rod(rod);
      canvas.rectangle(
          Math.rint(x - line / 2), board.rodTop(), line, board.base() - board.rodTop(), wood);
      canvas.text(
          String.valueOf((char) ('A' + rod)),
          x,
          board.base() + side * 0.047,
          text,
          Anchor.CENTER,
          font,
          DARK);
    }
    int[] heights = new int[3];
    for (int i = 0; i < disks; i++) {
      int disk = disks - 1 - i;
      int rod = rods.charAt(i) - 'A';
      double width = board.width(disk, disks);
      double y = board.base() - ++heights[rod] * board.disk();
      disk(canvas, rendering, board, disk, board.rod(rod) - width / 2, y, width);
    }
  }

  private static void disk(
      Canvas canvas, Rendering rendering, Board board, int disk, double x, double y, double width) {
    Palette palette = rendering.palette();
    int style = rendering.style(3);
    String ink =
        style == 2
            ? DISK_INKS[(int) (Math.floorMod(rendering.seed(), (long) DISK_INKS.length))]
            : DISK_INKS[disk % DISK_INKS.length];
    int colour = palette.rgb(ink);
    double left = Math.rint(x);
    double wide = Math.rint(width);
    double high = board.disk() - 1; // One pixel of ground between disks.
    if (style == 1) {
      canvas.rectangle(left, y, wide, high, colour);
    } else {
      canvas.roundedRectangle(left, y, wide, high, high / 2, colour);
    }
    double digit = Math.min(high * 0.66, board.side() * 0.028);
    int dark = Colours.distance(colour, DARK) >= Colours.distance(colour, LIGHT) ? DARK : LIGHT;
    canvas.text(
        Integer.toString(disk + 1),
        left + wide / 2,
        y + high / 2,
        digit,
        Anchor.CENTER,
        FontFace.SANS_BOLD,
        dark);
  }
}
