package dev.sightline.puzzle.render;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Fills areas by the share of each pixel that they cover, in whole numbers: no JDK and no processor
 * rounds them otherwise, and closed outlines leave nothing behind.
 *
 * <p>Points are taken to 1/256 pixel. Each edge adds, in each pixel row, the change of coverage
 * where it passes; the running sum along the row is then the coverage, from 0 to {@link #FULL}.
 * Overlapping parts of one orientation add up and are cut at full, which is the rule "non-zero".
 * The coverage is rounded to {@link #LEVELS} steps, which the eye cannot tell from more and which
 * keep a picture within a palette.
 */
final class Raster {
  static final int LEVELS = 16;
  private static final int FULL = 1 << 17;
  private static final int LEVEL_SHIFT = 13;
  private static final int ONE = 256;

  /** The largest distance between a curve and the lines drawn for it, in pixels. */
  static final double FLATNESS = 1.0 / 40;

  private static final ThreadLocal<Raster> SHARED = ThreadLocal.withInitial(Raster::new);

  private int width;
  private int height;
  private int words;

  /** Changes of coverage; zero between two fills. */
  private int[] change = new int[0];

  /** A bit for every place of {@link #change} that may not be zero. */
  private long[] touched = new long[0];

  private int top;
  private int bottom;
  private int startX;
  private int startY;
  private int atX;
  private int atY;
  private double exactX;
  private double exactY;

  private Raster() {}

  /** This thread's raster, empty, for a picture of the given size. */
  static Raster of(int width, int height) {
    Raster raster = SHARED.get();
    if (raster.width != width || raster.height != height) {
      raster.width = width;
      raster.height = height;
      raster.words = (width + 2 + 63) / 64;
      raster.change = new int[(width + 2) * height];
      raster.touched = new long[raster.words * height];
    }
    raster.top = height;
    raster.bottom = -1;
    raster.atX = raster.startX;
    raster.atY = raster.startY;
    return raster;
  }

  void add(Shape shape, @Nullable AffineTransform transform) {
    double[] p = new double[6];
    for (PathIterator path = shape.getPathIterator(transform); !path.isDone(); path.next()) {
      switch (path.currentSegment(p)) {
        case PathIterator.SEG_MOVETO -> move(p[0], p[1]);
        case PathIterator.SEG_LINETO -> line(p[0], p[1]);
        case PathIterator.SEG_QUADTO -> quadratic(p[0], p[1], p[2], p[3]);
        case PathIterator.SEG_CUBICTO -> cubic(p[0], p[1], p[2], p[3], p[4], p[5]);
        default -> close();
      }
    }
    close();
  }

  /** Begins an outline; the one before must have been closed. */
  void move(double x, double y) {
    close();
    exactX = x;
    exactY = y;
    atX = fixed(x);
    atY = fixed(y);
    startX = atX;
    startY = atY;
  }

  void line(double x, double y) {
    exactX = x;
    exactY = y;
    int toX = fixed(x);
    int toY = fixed(y);
    edge(atX, atY, toX, toY);
    atX = toX;
    atY = toY;
  }

  void quadratic(double x1, double y1, double x2, double y2) {
    double x0 = exactX;
    double y0 = exactY;
    double bendX = x0 - 2 * x1 + x2;
    double bendY = y0 - 2 * y1 + y2;
    int pieces = pieces(Math.sqrt(bendX * bendX + bendY * bendY) / 4);
    for (int i = 1; i < pieces; i++) {
      double t = (double) i / pieces;
      double s = 1 - t;
      line(s * s * x0 + 2 * s * t * x1 + t * t * x2, s * s * y0 + 2 * s * t * y1 + t * t * y2);
    }
    line(x2, y2);
  }

  void cubic(double x1, double y1, double x2, double y2, double x3, double y3) {
    double x0 = exactX;
    double y0 = exactY;
    int pieces = pieces(Raster.bend(x0, y0, x1, y1, x2, y2, x3, y3));
    for (int i = 1; i < pieces; i++) {
      double t = (double) i / pieces;
      double s = 1 - t;
      double a = s * s * s;
      double b = 3 * s * s * t;
      double c = 3 * s * t * t;
      double d = t * t * t;
      line(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3);
    }
    line(x3, y3);
  }

  /** A bound of how far a cubic curve is from its chord. */
  static double bend(
      double x0, double y0, double x1, double y1, double x2, double y2, double x3, double y3) {
    double oneX = x0 - 2 * x1 + x2;
    double oneY = y0 - 2 * y1 + y2;
    double twoX = x1 - 2 * x2 + x3;
    double twoY = y1 - 2 * y2 + y3;
    return 0.75 * Math.sqrt(Math.max(oneX * oneX + oneY * oneY, twoX * twoX + twoY * twoY));
  }

  /** In how many lines to draw a curve of the given greatest distance from its chord. */
  static int pieces(double distance) {
    return (int) Math.min(500, Math.max(1, Math.ceil(Math.sqrt(distance / FLATNESS))));
  }

  void close() {
    edge(atX, atY, startX, startY);
    atX = startX;
    atY = startY;
  }

  /** An outline of its own: a disc, or a round hole in one. */
  void disc(double centreX, double centreY, double radius, boolean hole) {
    move(centreX + radius, centreY);
    arc(centreX, centreY, radius, 0, hole ? -360 : 360);
    close();
  }

  /** Lines along a circle, from where its start is to its end; degrees as in {@link Polar}. */
  void arc(double centreX, double centreY, double radius, double start, double extent) {
    int full = circlePieces(radius);
    int count = (int) Math.max(1, Math.ceil(full * Math.abs(extent) / 360));
    double cosine = Polar.cosine(extent / count);
    double sine = Polar.sine(extent / count);
    double spokeX = radius * Polar.cosine(start);
    double spokeY = radius * Polar.sine(start);
    line(centreX + spokeX, centreY + spokeY);
    for (int i = 0; i < count; i++) {
      double turned = spokeX * cosine - spokeY * sine;
      spokeY = spokeX * sine + spokeY * cosine;
      spokeX = turned;
      line(centreX + spokeX, centreY + spokeY);
    }
  }

  /** In how many lines to draw a circle, so that their middles are {@link #FLATNESS} off. */
  private static int circlePieces(double radius) {
    return (int) Math.clamp(4 * Math.ceil(3.5 * Math.sqrt(radius)), 12, 1000);
  }

  private static int fixed(double value) {
    // Far outside is as good as this far outside, and cannot overflow.
    return (int) Math.floor(Math.clamp(value, -16384, 16384) * ONE + 0.5);
  }

  /** Every edge is worked downwards, so that one walked twice, there and back, leaves nothing. */
  private void edge(int x0, int y0, int x1, int y1) {
    if (y0 < y1) {
      downwards(x0, y0, x1, y1, 1);
    } else if (y0 > y1) {
      downwards(x1, y1, x0, y0, -1);
    }
  }

  private void downwards(int x0, int y0, int x1, int y1, int sign) {
    int limit = height * ONE;
    if (y1 <= 0 || y0 >= limit) {
      return;
    }
    int fromY = Math.max(y0, 0);
    int toY = Math.min(y1, limit);
    int first = fromY >> 8;
    int last = toY - 1 >> 8;
    top = Math.min(top, first);
    bottom = Math.max(bottom, last);
    long run = x1 - x0;
    long rise = y1 - y0;
    int x = fromY == y0 ? x0 : crossing(x0, run, fromY - y0, rise);
    int y = fromY;
    for (int row = first; row <= last; row++) {
      int nextY = Math.min(row + 1 << 8, toY);
      int nextX = nextY == y1 ? x1 : crossing(x0, run, nextY - y0, rise);
      inRow(row, x, y, nextX, nextY, sign);
      x = nextX;
      y = nextY;
    }
  }

  private static int crossing(int start, long run, long part, long whole) {
    return start + (int) Math.floorDiv(run * part, whole);
  }

  private void inRow(int row, int x0, int y0, int x1, int y1, int sign) {
    if (x0 > x1) {
      // From left to right; only the height within the row counts, so y may be mirrored.
      inRow(row, x1, -y1, x0, -y0, sign);
      return;
    }
    int right = width * ONE;
    if (x0 >= right) {
      return;
    }
    int height = y1 - y0;
    int x = x0;
    int done = 0;
    if (x < 0) {
      if (x1 <= 0) {
        cell(row, 0, height * sign, 0);
        return;
      }
      done = (int) ((long) height * -x / (x1 - x0));
      cell(row, 0, done * sign, 0);
      x = 0;
    }
    int end = Math.min(x1, right);
    for (int column = x >> 8; ; column++) {
      int edge = column + 1 << 8;
      if (edge >= end) {
        int upTo = end == x1 ? height : (int) ((long) height * (end - x0) / (x1 - x0));
        cell(row, column, (upTo - done) * sign, x + end - 2 * (column << 8));
        return;
      }
      int upTo = (int) ((long) height * (edge - x0) / (x1 - x0));
      cell(row, column, (upTo - done) * sign, x + edge - 2 * (column << 8));
      done = upTo;
      x = edge;
    }
  }

  /**
   * An edge passes a pixel.
   *
   * @param height that it passes, in 1/256
   * @param twice the mean distance from the pixel's left side, times two, in 1/256
   */
  private void cell(int row, int column, int height, int twice) {
    if (height == 0 || column >= width) {
      return;
    }
    int at = row * (width + 2) + column;
    int area = twice * height;
    change[at] += 2 * ONE * height - area;
    change[at + 1] += area;
    int word = row * words + (column >> 6);
    touched[word] |= 1L << column;
    touched[word + ((column & 63) + 1 >> 6)] |= 1L << column + 1;
  }

  /** Paints what was added, and is empty again. */
  void paint(int[] pixels, int colour) {
    close();
    for (int row = top; row <= bottom; row++) {
      int base = row * (width + 2);
      int out = row * width;
      int sum = 0;
      int from = 0;
      for (int word = 0; word < words; word++) {
        long bits = touched[row * words + word];
        touched[row * words + word] = 0;
        while (bits != 0) {
          int column = (word << 6) + Long.numberOfTrailingZeros(bits);
          bits &= bits - 1;
          int level = level(sum);
          if (level > 0) {
            span(pixels, out + from, out + Math.min(column, width), colour, level);
          }
          sum += change[base + column];
          change[base + column] = 0;
          from = column;
        }
      }
      int level = level(sum);
      if (level > 0 && from < width) {
        span(pixels, out + from, out + width, colour, level);
      }
    }
    top = height;
    bottom = -1;
  }

  private static int level(int sum) {
    return Math.min(Math.abs(sum), FULL) + (1 << LEVEL_SHIFT - 1) >> LEVEL_SHIFT;
  }

  private static void span(int[] pixels, int from, int to, int colour, int level) {
    if (level == LEVELS) {
      if (to - from < 8) {
        for (int i = from; i < to; i++) {
          pixels[i] = colour;
        }
      } else {
        Arrays.fill(pixels, from, to, colour);
      }
      return;
    }
    for (int i = from; i < to; i++) {
      pixels[i] = blend(pixels[i], colour, level);
    }
  }

  /** Two channels at once: red and blue leave 8 bits free between them. */
  private static int blend(int under, int over, int level) {
    int rest = LEVELS - level;
    int redBlue = (under & 0xff00ff) * rest + (over & 0xff00ff) * level + 0x080008 >>> 4;
    int green = (under & 0x00ff00) * rest + (over & 0x00ff00) * level + 0x000800 >>> 4;
    return redBlue & 0xff00ff | green & 0x00ff00;
  }
}
