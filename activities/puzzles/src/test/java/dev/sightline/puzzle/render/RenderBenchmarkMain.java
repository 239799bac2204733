package dev.sightline.puzzle.render;

import dev.sightline.foundation.SeedTree;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/**
 * Rates of drawing and encoding a clock-like picture of 448 x 448 pixels, on one thread, each
 * beside what the JDK does in the same run. With an argument, writes the pictures to that folder.
 */
final class RenderBenchmarkMain {
  private static final int SIDE = 448;
  private static final int PICTURES = 64;
  private static final long SECONDS = 2;

  private RenderBenchmarkMain() {}

  public static void main(String[] args) throws IOException {
    for (String mode : new String[] {"plain", "varied"}) {
      IntFunction<Rendering> how =
          mode.equals("plain")
              ? i -> Rendering.PLAIN
              : i -> Rendering.draw(SeedTree.root(1).child(i));
      int[][] pictures = new int[PICTURES][];
      long bytes = 0;
      for (int i = 0; i < PICTURES; i++) {
        Canvas canvas = clock(i, how.apply(i));
        pictures[i] = new int[SIDE * SIDE];
        for (int at = 0; at < pictures[i].length; at++) {
          pictures[i][at] = canvas.pixel(at % SIDE, at / SIDE);
        }
        bytes += canvas.png().length;
        if (args.length > 0 && i < 4) {
          Files.write(Path.of(args[0], mode + i + ".png"), canvas.png());
        }
      }
      System.out.printf("%s: %d bytes a picture%n", mode, bytes / PICTURES);
      rate(mode + ": draw", i -> clock(i, how.apply(i)).pixel(200, 200));
      rate(mode + ": palette only", i -> Quantiser.index(pictures[i], SIDE).colours().length);
      rate(mode + ": encode", i -> PalettePng.encode(pictures[i], SIDE, SIDE).length);
      rate(mode + ": draw and encode", i -> clock(i, how.apply(i)).png().length);
      rate(mode + ": JDK Deflater 1 on the same palette", i -> jdk(pictures[i]));
      rate(mode + ": ImageIO", i -> imageIo(pictures[i]));
      if (mode.equals("plain")) {
        rate(mode + ": draw with Java2D, no text", i -> java2d(i));
        rate(mode + ": draw, no text", i -> hands(i, new Canvas(SIDE, SIDE, 0xffffff)));
      }
    }
  }

  static Canvas clock(int number, Rendering how) {
    Canvas canvas = Background.canvas(SIDE, SIDE, how);
    for (int hour = 1; hour <= 12; hour++) {
      canvas.text(
          String.valueOf(hour),
          Polar.x(224, 155, hour * 30 - 90),
          Polar.y(224, 155, hour * 30 - 90),
          18,
          Anchor.CENTER,
          how.font(),
          0x202020);
    }
    hands(number, canvas);
    return canvas;
  }

  private static long hands(int number, Canvas canvas) {
    canvas.ring(224, 224, 200, 6, 0x202020);
    for (int minute = 0; minute < 60; minute++) {
      double inner = minute % 5 == 0 ? 180 : 190;
      double angle = minute * 6;
      canvas.lineButt(
          Polar.x(224, inner, angle),
          Polar.y(224, inner, angle),
          Polar.x(224, 197, angle),
          Polar.y(224, 197, angle),
          minute % 5 == 0 ? 4 : 2,
          0x202020);
    }
    int[] colours = {0x2050d8, 0x1f9a3c, 0xe02020};
    for (int hand = 0; hand < 3; hand++) {
      double angle = (number * 37 + hand * 113) % 360;
      double length = 90 + 35 * hand;
      canvas.line(
          224,
          224,
          Polar.x(224, length, angle),
          Polar.y(224, length, angle),
          10 - 3 * hand,
          colours[hand]);
    }
    canvas.circle(224, 224, 9, 0x202020);
    return canvas.pixel(1, 1);
  }

  private static long java2d(int number) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, SIDE, SIDE);
    graphics.setColor(new Color(0x202020));
    graphics.setStroke(new BasicStroke(6));
    graphics.draw(new Ellipse2D.Double(24, 24, 400, 400));
    for (int minute = 0; minute < 60; minute++) {
      double inner = minute % 5 == 0 ? 180 : 190;
      double angle = minute * 6;
      graphics.setStroke(
          new BasicStroke(minute % 5 == 0 ? 4 : 2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
      graphics.draw(
          new Line2D.Double(
              Polar.x(224, inner, angle),
              Polar.y(224, inner, angle),
              Polar.x(224, 197, angle),
              Polar.y(224, 197, angle)));
    }
    int[] colours = {0x2050d8, 0x1f9a3c, 0xe02020};
    for (int hand = 0; hand < 3; hand++) {
      double angle = (number * 37 + hand * 113) % 360;
      double length = 90 + 35 * hand;
      graphics.setColor(new Color(colours[hand]));
      graphics.setStroke(
          new BasicStroke(10 - 3 * hand, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
      graphics.draw(
          new Line2D.Double(224, 224, Polar.x(224, length, angle), Polar.y(224, length, angle)));
    }
    graphics.setColor(new Color(0x202020));
    graphics.fill(new Ellipse2D.Double(215, 215, 18, 18));
    graphics.dispose();
    return image.getRGB(1, 1);
  }

  private static long jdk(int[] pixels) {
    byte[] indices = Quantiser.index(pixels, SIDE).indices();
    Deflater deflater = new Deflater(1);
    deflater.setInput(indices);
    deflater.finish();
    byte[] out = new byte[indices.length + 1000];
    int length = deflater.deflate(out);
    deflater.end();
    return length;
  }

  private static long imageIo(int[] pixels) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    System.arraycopy(
        pixels, 0, ((DataBufferInt) image.getRaster().getDataBuffer()).getData(), 0, pixels.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("memory does not fail to be written", e);
    }
    return out.size();
  }

  private static void rate(String what, IntToLongFunction work) {
    ImageIO.setUseCache(false);
    double best = 0;
    long total = 0;
    long done = 0;
    for (int round = 0; round < 4; round++) {
      long start = System.nanoTime();
      long count = 0;
      while (System.nanoTime() - start < SECONDS * 250_000_000L) {
        total += work.applyAsLong((int) (done++ % PICTURES));
        count++;
      }
      best = Math.max(best, count * 1e9 / (System.nanoTime() - start));
    }
    System.out.printf("%-50s %8.0f a second (mean value %d)%n", what, best, total / done);
  }
}
