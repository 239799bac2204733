package dev.sightline.puzzle.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CanvasTest {
  private static final int WHITE = 0xffffff;

  /** Edges that lie on each other add up; so a few pixels of some shapes are off. */
  private static final int FAR = 12;

  /** The area that was painted black on white, in pixels. */
  private static double area(Consumer<Canvas> painter) {
    Canvas canvas = new Canvas(200, 200, WHITE);
    painter.accept(canvas);
    double area = 0;
    for (int y = 0; y < 200; y++) {
      for (int x = 0; x < 200; x++) {
        area += (255 - (canvas.pixel(x, y) & 255)) / 255.0;
      }
    }
    return area;
  }

  @Test
  void areasAreRight() {
    double circle = Math.PI * 60.3 * 60.3;
    assertThat(area(c -> c.circle(99.7, 100.2, 60.3, 0))).isCloseTo(circle, within(6.0));
    assertThat(area(c -> c.ring(100, 100, 60, 7.5, 0)))
        .isCloseTo(2 * Math.PI * 60 * 7.5, within(8.0));
    assertThat(area(c -> c.sector(100, 100, 80, 13, 77, 0)))
        .isCloseTo(Math.PI * 6400 * 77 / 360, within(6.0));
    assertThat(area(c -> c.sector(100, 100, 80, 13, -77, 0)))
        .isCloseTo(Math.PI * 6400 * 77 / 360, within(6.0));
    assertThat(area(c -> c.ringSector(100, 100, 50, 80, 300, 90, 0)))
        .isCloseTo(Math.PI * (6400 - 2500) / 4, within(6.0));
    assertThat(area(c -> c.ellipse(100, 100, 80, 30, 0))).isCloseTo(Math.PI * 80 * 30, within(8.0));
    assertThat(area(c -> c.rectangle(10.25, 10.5, 30.5, 20, 0))).isCloseTo(610, within(1.0));
    assertThat(area(c -> c.rectangle(10, 10, 30, 20, 0))).isEqualTo(600);
    assertThat(area(c -> c.frame(10, 10, 30, 20, 2, 0))).isEqualTo(600 - 26 * 16);
    double corners = (4 - Math.PI) * 8 * 8;
    assertThat(area(c -> c.roundedRectangle(20, 20, 60, 40, 8, 0)))
        .isCloseTo(2400 - corners, within(3.0));
    assertThat(area(c -> c.roundedFrame(20, 20, 60, 40, 8, 3, 0)))
        .isCloseTo(2400 - corners - (54 * 34 - (4 - Math.PI) * 25), within(4.0));
    assertThat(area(c -> c.line(30, 30, 130, 150, 9, 0)))
        .isCloseTo(Math.hypot(100, 120) * 9 + Math.PI * 4.5 * 4.5, within(5.0));
    assertThat(area(c -> c.lineButt(30, 30, 130, 150, 9, 0)))
        .isCloseTo(Math.hypot(100, 120) * 9, within(5.0));
    assertThat(area(c -> c.arc(100, 100, 60, 20, 90, 8, 0)))
        .isCloseTo(Math.PI * 60 / 2 * 8 + Math.PI * 16, within(6.0));
    assertThat(area(c -> c.arc(100, 100, 60, 110, -90, 8, 0)))
        .isCloseTo(Math.PI * 60 / 2 * 8 + Math.PI * 16, within(6.0));
    assertThat(area(c -> c.arrow(20, 100, 120, 100, 6, 20, 0)))
        .isCloseTo(80 * 6 + 200, within(4.0));
    assertThat(area(c -> c.polygonOutline(new double[] {40, 40, 140, 40, 140, 140, 40, 140}, 6, 0)))
        .isCloseTo(106 * 106 - 94 * 94 - (4 - Math.PI) * 9, within(5.0));
  }

  private static final long SHAPES = Long.getLong("sightline.test.shapes", 200);

  /** Java2D is the independent reference: no pixel is far off, and hardly any is at all. */
  @Test
  void fillsAsJava2dDoes() {
    for (long seed = 0; seed < SHAPES; seed++) {
      fillsAsJava2dDoes(seed);
    }
  }

  void fillsAsJava2dDoes(long seed) {
    Path2D shape = shape(new Random(seed));
    Canvas canvas = new Canvas(150, 120, WHITE);
    canvas.fill(shape, 0);
    BufferedImage image = java2d(shape);
    double total = 0;
    int far = 0;
    for (int y = 0; y < 120; y++) {
      for (int x = 0; x < 150; x++) {
        int off = Math.abs((canvas.pixel(x, y) & 255) - (image.getRGB(x, y) & 255));
        total += off;
        far += off > 90 ? 1 : 0;
      }
    }
    assertThat(total / (150 * 120)).as("seed %d", seed).isLessThan(1.5);
    assertThat(far).as("seed %d", seed).isLessThanOrEqualTo(FAR);
  }

  /** A line covers what is within half of its width. (Java2D is up to 2 pixels off on bends.) */
  @Test
  void linesCoverWhatIsNear() {
    for (long seed = 0; seed < SHAPES / 5; seed++) {
      linesCoverWhatIsNear(seed);
    }
  }

  void linesCoverWhatIsNear(long seed) {
    Random random = new Random(seed);
    Path2D shape = shape(random);
    double width = 1 + random.nextDouble() * 11;
    Canvas canvas = new Canvas(150, 120, WHITE);
    canvas.stroke(shape, width, 0);
    List<Line2D> pieces = new ArrayList<>();
    double[] at = new double[2];
    double[] from = new double[2];
    double[] start = new double[2];
    for (PathIterator path = shape.getPathIterator(null, 0.02); !path.isDone(); path.next()) {
      int kind = path.currentSegment(at);
      if (kind == PathIterator.SEG_MOVETO) {
        start = at.clone();
      } else {
        double[] to = kind == PathIterator.SEG_CLOSE ? start : at;
        pieces.add(new Line2D.Double(from[0], from[1], to[0], to[1]));
      }
      from = at.clone();
    }
    int far = 0;
    for (int y = 0; y < 120; y++) {
      for (int x = 0; x < 150; x++) {
        double distance = Double.MAX_VALUE;
        for (Line2D piece : pieces) {
          distance = Math.min(distance, piece.ptSegDist(x + 0.5, y + 0.5));
        }
        double cover = Math.clamp(width / 2 + 0.5 - distance, 0, 1);
        far += Math.abs((canvas.pixel(x, y) & 255) - 255 * (1 - cover)) > 90 ? 1 : 0;
      }
    }
    assertThat(far).as("seed %d", seed).isLessThanOrEqualTo(FAR);
  }

  private static Path2D shape(Random random) {
    Path2D shape = new Path2D.Double(Path2D.WIND_NON_ZERO);
    shape.moveTo(place(random), place(random));
    for (int i = random.nextInt(5); i >= 0; i--) {
      switch (random.nextInt(3)) {
        case 0 -> shape.lineTo(place(random), place(random));
        case 1 -> shape.quadTo(place(random), place(random), place(random), place(random));
        default ->
            shape.curveTo(
                place(random),
                place(random),
                place(random),
                place(random),
                place(random),
                place(random));
      }
    }
    if (random.nextBoolean()) {
      shape.lineTo(place(random), place(random)); // Else a line may go there and back.
      shape.closePath();
    }
    return shape;
  }

  private static double place(Random random) {
    return random.nextInt(6) == 0 ? random.nextInt(3) * 60 : random.nextDouble() * 300 - 75;
  }

  private static BufferedImage java2d(Shape shape) {
    BufferedImage image = new BufferedImage(150, 120, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 150, 120);
    graphics.setColor(Color.BLACK);
    graphics.fill(shape);
    graphics.dispose();
    return image;
  }

  /** What lies outside is cut off, and leaves nothing behind for the next shape. */
  @Test
  void cutsOffAndForgets() {
    assertThat(area(c -> c.circle(-50, -50, 40, 0))).isZero();
    assertThat(area(c -> c.circle(500, 100, 40, 0))).isZero();
    assertThat(area(c -> c.rectangle(-5, -5, 10, 10, 0))).isEqualTo(25);
    assertThat(area(c -> c.rectangle(-5.5, -5.5, 10.5, 10.5, 0))).isEqualTo(25);
    assertThat(area(c -> c.rectangle(195, 190, 1e9, 1e9, 0))).isEqualTo(50);
    assertThat(area(c -> c.polygon(new double[] {-1e7, -1e7, 1e7, -1e7, 1e7, 1e7, -1e7, 1e7}, 0)))
        .isEqualTo(40_000);
    assertThat(area(c -> c.circle(0, 100, 50, 0))).isCloseTo(Math.PI * 1250, within(5.0));
    assertThat(area(c -> c.circle(200, 100, 50, 0))).isCloseTo(Math.PI * 1250, within(5.0));
    assertThat(area(c -> c.rectangle(10.5, 10, 1, 1, 0))).isCloseTo(1, within(0.01));
  }

  @Test
  void textStandsWhereItIsAskedFor() {
    for (FontFace face : FontFace.values()) {
      Canvas canvas = new Canvas(200, 60, WHITE);
      canvas.text("HEH", 100, 30, 20, Anchor.CENTER, face, 0);
      int top = 60;
      int bottom = 0;
      int left = 200;
      int right = 0;
      for (int y = 0; y < 60; y++) {
        for (int x = 0; x < 200; x++) {
          if ((canvas.pixel(x, y) & 255) < 128) {
            top = Math.min(top, y);
            bottom = Math.max(bottom, y);
            left = Math.min(left, x);
            right = Math.max(right, x);
          }
        }
      }
      assertThat(top).isEqualTo(20);
      assertThat(bottom).isEqualTo(39);
      assertThat((left + right + 1) / 2.0).isCloseTo(100, within(1.0));
      assertThat((double) right - left).isBetween(30.0, Canvas.textWidth("HEH", 20, face));
    }
  }

  /** A text turned by a quarter is the text, turned pixel by pixel. */
  @Test
  void turnsText() {
    Canvas straight = new Canvas(100, 100, WHITE);
    straight.textAlong("R7g", 50, 50, 16, 0, FontFace.SANS, 0x102030);
    Canvas turned = new Canvas(100, 100, WHITE);
    turned.textAlong("R7g", 50, 50, 16, 90, FontFace.SANS, 0x102030);
    int off = 0;
    for (int y = 0; y < 100; y++) {
      for (int x = 0; x < 100; x++) {
        int one = straight.pixel(x, y) & 255;
        off = Math.max(off, Math.abs(one - (turned.pixel(99 - y, x) & 255)));
      }
    }
    assertThat(off).isLessThanOrEqualTo(16);
  }

  @Test
  void copiesAreSeparate() {
    Canvas ground = new Canvas(40, 30, 0x123456);
    Canvas copy = ground.copy();
    copy.rectangle(0, 0, 5, 5, 0);
    assertThat(ground.pixel(2, 2)).isEqualTo(0x123456);
    assertThat(copy.pixel(2, 2)).isZero();
    assertThat(copy.pixel(6, 6)).isEqualTo(0x123456);
  }

  @Test
  void spritesAreCutOffAtTheEdges() {
    Canvas sprite = new Canvas(10, 10, 0x00ff00);
    int[][] placesAndCounts = {
      {5, 5, 100}, {-4, -4, 36}, {35, 25, 25}, {-10, 0, 0}, {40, 0, 0}, {0, 30, 0}
    };
    for (int[] one : placesAndCounts) {
      Canvas canvas = new Canvas(40, 30, WHITE);
      canvas.sprite(sprite, one[0], one[1]);
      assertThat(Picture.of(canvas.png()).count(0x00ff00)).isEqualTo(one[2]);
    }
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    Canvas canvas = new Canvas(10, 10, WHITE);
    assertThatThrownBy(() -> new Canvas(0, 10, WHITE)).hasMessageContaining("4096");
    assertThatThrownBy(() -> canvas.line(1, 1, 2, 2, 0, 0)).hasMessageContaining("width");
    assertThatThrownBy(() -> canvas.polygon(new double[] {1, 2, 3}, 0))
        .hasMessageContaining("x, y");
    assertThatThrownBy(() -> canvas.arrow(1, 1, 1, 1, 1, 4, 0)).hasMessageContaining("arrow");
    assertThatThrownBy(() -> canvas.pixel(10, 0)).hasMessageContaining("10");
    assertThat(area(c -> c.rectangle(10, 10, 10, 10, 0))).isEqualTo(100);
  }
}
