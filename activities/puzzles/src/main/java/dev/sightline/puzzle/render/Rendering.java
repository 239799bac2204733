package dev.sightline.puzzle.render;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.Fields;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How one item is drawn, apart from what it shows.
 *
 * @param colours which of the ready palettes
 * @param lineScale the width of lines in per cent of the usual, 70 to 150
 * @param font of labels
 * @param variant a number from 0 to 999 that each family maps to its own styles; 0 is plain
 * @param background the tone of the ground
 * @param noise on the ground, from 0 (none) to 3
 * @param seed of the noise and of whatever else a family lets vary
 */
public record Rendering(
    Palette.Variant colours,
    int lineScale,
    FontFace font,
    int variant,
    Background background,
    int noise,
    long seed) {
  /** The same for every item: nothing varies but the scene. */
  public static final Rendering PLAIN =
      new Rendering(Palette.Variant.PLAIN, 100, FontFace.SANS, 0, Background.WHITE, 0, 0);

  private static final int VARIANTS = 1000;

  public Rendering {
    if (lineScale < 70 || lineScale > 150) {
      throw new IllegalArgumentException(
          "rendering field 'lineScale' must be 70 to 150, but is " + lineScale);
    }
    if (variant < 0 || variant >= VARIANTS) {
      throw new IllegalArgumentException(
          "rendering field 'variant' must be 0 to 999, but is " + variant);
    }
    if (noise < 0 || noise > 3) {
      throw new IllegalArgumentException("rendering field 'noise' must be 0 to 3, but is " + noise);
    }
  }

  /** A rendering drawn at random: the varied mode. */
  public static Rendering draw(SeedTree seeds) {
    SplittableRandom random = seeds.child("rendering").random();
    return new Rendering(
        pick(Palette.Variant.values(), random),
        random.nextInt(70, 151),
        pick(FontFace.values(), random),
        random.nextInt(VARIANTS),
        pick(Background.values(), random),
        random.nextInt(4),
        random.nextLong());
  }

  /** The inks to draw with. */
  public Palette palette() {
    return colours.palette();
  }

  /** A line's width in pixels at this scale, from its usual one. */
  public double line(double usual) {
    return usual * lineScale / 100;
  }

  /** Which of {@code count} styles of a family this is; plain is 0. */
  public int style(int count) {
    return variant % count;
  }

  /** The seeds for what else a family lets vary. */
  public SeedTree seeds(String purpose) {
    return SeedTree.root(seed).child(purpose);
  }

  /** A tree for canonical JSON. The seed is a text: it may be beyond 2^53. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("background", word(background));
    map.put("colours", word(colours));
    map.put("font", word(font));
    map.put("lineScale", lineScale);
    map.put("noise", noise);
    map.put("seed", Long.toString(seed));
    map.put("variant", variant);
    return map;
  }

  /**
   * Reads what {@link #toMap} writes.
   *
   * @throws IllegalArgumentException naming the wrong field
   */
  public static Rendering fromMap(Map<?, ?> map) {
    return new Rendering(
        constant(Palette.Variant.class, map, "colours"),
        Fields.integer(map, "lineScale"),
        constant(FontFace.class, map, "font"),
        Fields.integer(map, "variant"),
        constant(Background.class, map, "background"),
        Fields.integer(map, "noise"),
        seed(Fields.text(map, "seed")));
  }

  private static long seed(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "rendering field 'seed' must be a whole number of 64 bits as a text, but is " + text, e);
    }
  }

  private static <T extends Enum<T>> T constant(Class<T> type, Map<?, ?> map, String field) {
    String text = Fields.text(map, field);
    StringBuilder known = new StringBuilder();
    for (T constant : type.getEnumConstants()) {
      if (word(constant).equals(text)) {
        return constant;
      }
      known.append(known.isEmpty() ? "" : ", ").append(word(constant));
    }
    throw new IllegalArgumentException(
        "rendering field '%s' must be one of %s, but is '%s'".formatted(field, known, text));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <T> T pick(T[] values, SplittableRandom random) {
    return values[random.nextInt(values.length)];
  }
}
