package dev.sightline.puzzle.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

  /**
   * The ready palettes. All have the inks red, green, blue, yellow, orange, purple, grey, brown,
   * pink, cyan, in this order: from colours that people call so, moved apart as far as each stays
   * near its own. All are at least 20 apart, and 16 from every ground of {@link Background}.
   */
  public enum Variant {
    PLAIN(
        0xea112c, 0x0fa126, 0x0456c8, 0xf8e904, 0xff9308, 0xa300e2, 0x8b8583, 0x6e451a, 0xff97dc,
        0x0ec9d7),
    PASTEL(
        0xe96975, 0x65c97f, 0x5d94f7, 0xfafa6d, 0xffb657, 0xb973dd, 0x9b9b9b, 0xab7246, 0xffc5e1,
        0x6aeef9),
    DEEP(
        0xc50020, 0x007200, 0x013a8d, 0xe4cc03, 0xd87000, 0x870099, 0x6c686d, 0x4f2901, 0xee5ca7,
        0x05a4ab);

    private static final double DISTANCE = 20;

    private final Palette palette;

    Variant(int... colours) {
      String[] names = {
        "red", "green", "blue", "yellow", "orange", "purple", "grey", "brown", "pink", "cyan"
      };
      List<Ink> inks = new ArrayList<>();
      for (int i = 0; i < colours.length; i++) {
        inks.add(new Ink(names[i], colours[i]));
      }
      this.palette = new Palette(name().toLowerCase(Locale.ROOT), inks, DISTANCE);
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
