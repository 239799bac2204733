package dev.sightline.puzzle.render;

import java.awt.Shape;
import java.awt.geom.PathIterator;

/**
 * Turns lines into areas of a {@link Raster}: a rectangle for each piece, and a slice of a disc at
 * each corner and round end. All parts have one orientation, so overlaps do not cancel.
 */
final class Stroker {
  private final Raster raster;
  private final double half;
  private final boolean roundEnds;

  private double startX;
  private double startY;
  private double atX;
  private double atY;

  /** The direction of the first and of the last piece of the line, of length 1. */
  private double firstX;

  private double firstY;
  private double lastX;
  private double lastY;
  private boolean pieces;
  private boolean open;

  Stroker(Raster raster, double width, boolean roundEnds) {
    if (!(width > 0)) {
      throw new IllegalArgumentException("a line's width must be above 0, but is " + width);
    }
    this.raster = raster;
    this.half = width / 2;
    this.roundEnds = roundEnds;
  }

  void add(Shape shape) {
    double[] p = new double[6];
    for (PathIterator path = shape.getPathIterator(null); !path.isDone(); path.next()) {
      switch (path.currentSegment(p)) {
        case PathIterator.SEG_MOVETO -> move(p[0], p[1]);
        case PathIterator.SEG_LINETO -> line(p[0], p[1]);
        case PathIterator.SEG_QUADTO ->
            cubic(
                atX + (p[0] - atX) * 2 / 3,
                atY + (p[1] - atY) * 2 / 3,
                p[2] + (p[0] - p[2]) * 2 / 3,
                p[3] + (p[1] - p[3]) * 2 / 3,
                p[2],
                p[3]);
        case PathIterator.SEG_CUBICTO -> cubic(p[0], p[1], p[2], p[3], p[4], p[5]);
        default -> close();
      }
    }
    end();
  }

  void move(double x, double y) {
    end();
    startX = x;
    startY = y;
    atX = x;
    atY = y;
    pieces = false;
    open = true;
  }

  void line(double x, double y) {
    double alongX = x - atX;
    double alongY = y - atY;
    double length = Math.sqrt(alongX * alongX + alongY * alongY);
    if (length < 1e-6) {
      return;
    }
    alongX /= length;
    alongY /= length;
    if (pieces) {
      join(alongX, alongY);
    } else {
      firstX = alongX;
      firstY = alongY;
      pieces = true;
    }
    double sideX = -alongY * half;
    double sideY = alongX * half;
    raster.move(atX + sideX, atY + sideY);
    raster.line(atX - sideX, atY - sideY);
    raster.line(x - sideX, y - sideY);
    raster.line(x + sideX, y + sideY);
    atX = x;
    atY = y;
    lastX = alongX;
    lastY = alongY;
  }

  private void cubic(double x1, double y1, double x2, double y2, double x3, double y3) {
    double x0 = atX;
    double y0 = atY;
    // The outer side of a line is longer than its middle.
    int count = Raster.pieces(2 * Raster.bend(x0, y0, x1, y1, x2, y2, x3, y3));
    for (int i = 1; i <= count; i++) {
      double t = (double) i / count;
      double s = 1 - t;
      double a = s * s * s;
      double b = 3 * s * s * t;
      double c = 3 * s * t * t;
      double d = t * t * t;
      line(a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3);
    }
  }

  void close() {
    if (open && pieces) {
      line(startX, startY);
      join(firstX, firstY);
    } else {
      end();
    }
    open = false;
  }

  /** Finishes an open line. */
  void end() {
    if (open && roundEnds) {
      if (pieces) {
        slice(atX, atY, lastY * half, -lastX * half, 180);
        slice(startX, startY, -firstY * half, firstX * half, 180);
      } else {
        slice(startX, startY, half, 0, 360);
      }
    }
    open = false;
  }

  /** The gap on the outer side of a corner, between the last direction and the next. */
  private void join(double nextX, double nextY) {
    double turn = lastX * nextY - lastY * nextX;
    double along = lastX * nextX + lastY * nextY;
    if (Math.abs(turn) < 1e-9 && along > 0) {
      return;
    }
    double side = turn >= 0 ? half : -half;
    double fromX = lastY * side;
    double fromY = -lastX * side;
    double toX = nextY * side;
    double toY = -nextX * side;
    if (turn < 0) {
      double x = fromX;
      double y = fromY;
      fromX = toX;
      fromY = toY;
      toX = x;
      toY = y;
    }
    // Along a curve the slice is so thin that its chord will do.
    if (half * (1 - along) / 4 < Raster.FLATNESS) {
      raster.move(atX, atY);
      raster.line(atX + fromX, atY + fromY);
      raster.line(atX + toX, atY + toY);
      return;
    }
    slice(atX, atY, fromX, fromY, StrictMath.toDegrees(StrictMath.atan2(Math.abs(turn), along)));
  }

  /** A slice of a disc: from the centre, by the given radius vector, turning clockwise. */
  private void slice(double centreX, double centreY, double x, double y, double degrees) {
    raster.move(centreX, centreY);
    raster.arc(centreX, centreY, half, Polar.degrees(x, y), degrees);
  }
}
