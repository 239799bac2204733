package dev.sightline.puzzle.render;

import dev.sightline.foundation.SeedTree;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The ground a picture is drawn on: a light tone and, if asked for, faint noise. */
public enum Background {
  WHITE(0xffffff),
  PAPER(0xf8f4ea),
  COOL(0xeef2f6),
  GREY(0xe8e8e8);

  private final int tone;

  Background(int tone) {
    this.tone = tone;
  }

  /** The colour of most of the ground, 0xRRGGBB. */
  public int tone() {
    return tone;
  }

  /** A canvas with tone and noise painted. */
  public static Canvas canvas(int width, int height, Rendering rendering) {
    Canvas canvas = new Canvas(width, height, rendering.background().tone());
    paint(canvas, rendering);
    return canvas;
  }

  /**
   * Paints tone and noise over the whole canvas. Noise 1 is specks, 2 is large blocks, 3 is both,
   * in at most {@link #shades} colours.
   */
  public static void paint(Canvas canvas, Rendering rendering) {
    List<Integer> shades = shades(rendering);
    canvas.rectangle(0, 0, canvas.width(), canvas.height(), shades.get(0));
    if (rendering.noise() == 0) {
      return;
    }
    SplittableRandom random =
        SeedTree.root(rendering.seed()).child("background").child(rendering.noise()).random();
    if (rendering.noise() >= 2) {
      blocks(canvas, shades, random);
    }
    if (rendering.noise() != 2) {
      specks(canvas, shades, random);
    }
  }

  /** Every colour that {@link #paint} may leave on the ground; the first is the tone. */
  public static List<Integer> shades(Rendering rendering) {
    int tone = rendering.background().tone();
    List<Integer> shades = new ArrayList<>();
    shades.add(tone);
    if (rendering.noise() >= 2) {
      shades.add(Colours.mix(tone, 0x000000, 0.02));
      shades.add(Colours.mix(tone, 0x000000, 0.04));
    }
    if (rendering.noise() == 1 || rendering.noise() == 3) {
      shades.add(Colours.mix(tone, 0x000000, 0.07));
    }
    return List.copyOf(shades);
  }

  /** The smallest difference between an ink and the ground, by {@link Colours#distance}. */
  public static double contrast(Rendering rendering, int... inks) {
    double least = Double.MAX_VALUE;
    for (int shade : shades(rendering)) {
      for (int ink : inks) {
        least = Math.min(least, Colours.distance(shade, ink));
      }
    }
    return least;
  }

  private static void blocks(Canvas canvas, List<Integer> shades, SplittableRandom random) {
    int side = Math.max(16, Math.max(canvas.width(), canvas.height()) / 6);
    for (int y = 0; y < canvas.height(); y += side) {
      for (int x = 0; x < canvas.width(); x += side) {
        int shade = random.nextInt(3);
        if (shade > 0) {
          canvas.rectangle(x, y, side, side, shades.get(shade));
        }
      }
    }
  }

  private static void specks(Canvas canvas, List<Integer> shades, SplittableRandom random) {
    int count = canvas.width() * canvas.height() / 900;
    int shade = shades.get(shades.size() - 1);
    for (int i = 0; i < count; i++) {
      canvas.rectangle(
          random.nextInt(canvas.width()), random.nextInt(canvas.height()), 1, 1, shade);
    }
  }
}
