package dev.sightline.puzzle.render;

import java.util.ArrayList;
import java.util.List;

/**
 * Named colours that are told apart easily.
 *
 * @param name of the palette
 * @param inks at least one; names are distinct
 * @param minimumDistance every two inks are at least this far apart by {@link Colours#distance}
 */
public record Palette(String name, List<Ink> inks, double minimumDistance) {
  /** A colour 0xRRGGBB and the word a person would say for it. */
  public record Ink(String name, int rgb) {}

  /** The ready palettes. All have the same names in the same order. */
  public enum Variant {
    PLAIN(
        "red", 0xe02020, "green", 0x1f9a3c, "blue", 0x2050d8, "yellow", 0xf8dc10, "orange",
        0xff8a00, "purple", 0x8a2be2, "grey", 0x8c8c8c, "brown", 0x7a4a1e, "pink", 0xff8cc8, "cyan",
        0x20d0e0),
    PASTEL(
        "red", 0xf07070, "green", 0x7fcf7f, "blue", 0x7090f0, "yellow", 0xf8ec70, "orange",
        0xffb060, "purple", 0xb080e0, "grey", 0xa8a8a8, "brown", 0xa87850, "pink", 0xffc0e0, "cyan",
        0x90e8f0),
    DEEP(
        "red", 0xb01010, "green", 0x0a6a20, "blue", 0x1030a0, "yellow", 0xd8b800, "orange",
        0xd86000, "purple", 0x6a1a9a, "grey", 0x606060, "brown", 0x553010, "pink", 0xd85098, "cyan",
        0x0098a8);

    private final Palette palette;

    Variant(Object... namesAndColours) {
      List<Ink> inks = new ArrayList<>();
      for (int i = 0; i < namesAndColours.length; i += 2) {
        inks.add(new Ink((String) namesAndColours[i], (Integer) namesAndColours[i + 1]));
      }
      this.palette = new Palette(name().toLowerCase(java.util.Locale.ROOT), inks, 10);
    }

    public Palette palette() {
      return palette;
    }
  }

  public Palette {
    inks = List.copyOf(inks);
    if (inks.isEmpty()) {
      throw new IllegalArgumentException("the palette " + name + " has no ink");
    }
    for (int i = 0; i < inks.size(); i++) {
      for (int j = 0; j < i; j++) {
        Ink one = inks.get(i);
        Ink other = inks.get(j);
        double distance = Colours.distance(one.rgb(), other.rgb());
        if (one.name().equals(other.name()) || distance < minimumDistance) {
          throw new IllegalArgumentException(
              "palette %s: %s and %s must have other names and be %s apart, but are %.1f apart"
                  .formatted(name, one.name(), other.name(), minimumDistance, distance));
        }
      }
    }
  }

  /** The colour of a name, 0xRRGGBB. */
  public int rgb(String ink) {
    for (Ink one : inks) {
      if (one.name().equals(ink)) {
        return one.rgb();
      }
    }
    throw new IllegalArgumentException("the palette " + name + " has no ink '" + ink + "'");
  }

  /** The names of the inks, in order. */
  public List<String> names() {
    return inks.stream().map(Ink::name).toList();
  }
}
