package dev.sightline.puzzle.render;

/**
 * A colour in CIE L*a*b* for the white point D65.
 *
 * @param lightness 0 black to 100 white
 * @param a from green (negative) to red
 * @param b from blue (negative) to yellow
 */
public record Lab(double lightness, double a, double b) {
  /** The colour of an sRGB value 0xRRGGBB (IEC 61966-2-1). */
  public static Lab of(int rgb) {
    double red = linear(rgb >> 16 & 0xff);
    double green = linear(rgb >> 8 & 0xff);
    double blue = linear(rgb & 0xff);
    double x = curve((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
    double y = curve(0.2126729 * red + 0.7151522 * green + 0.0721750 * blue);
    double z = curve((0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883);
    return new Lab(116 * y - 16, 500 * (x - y), 200 * (y - z));
  }

  public double chroma() {
    return StrictMath.sqrt(a * a + b * b);
  }

  private static double linear(int value) {
    double share = value / 255.0;
    return share <= 0.04045 ? share / 12.92 : StrictMath.pow((share + 0.055) / 1.055, 2.4);
  }

  private static double curve(double share) {
    double edge = 6.0 / 29;
    return share > edge * edge * edge
        ? StrictMath.cbrt(share)
        : share / (3 * edge * edge) + 4.0 / 29;
  }
}
