package dev.sightline.puzzle.render;

/** Colour differences as the eye sees them. Colours are sRGB, 0xRRGGBB. */
public final class Colours {
  private static final double POWER_7_OF_25 = 6103515625.0;

  private Colours() {}

  /**
   * The CIEDE2000 difference: about 1 is just visible, 20 and more are plainly different colours.
   */
  public static double distance(int first, int second) {
    return distance(Lab.of(first), Lab.of(second));
  }

  /**
   * CIEDE2000 with all weights 1, after Sharma, Wu and Dalal, "The CIEDE2000 color-difference
   * formula: implementation notes, supplementary test data, and mathematical observations" (2005).
   */
  public static double distance(Lab first, Lab second) {
    double meanChroma = (first.chroma() + second.chroma()) / 2;
    double raised = power7(meanChroma);
    double stretch = 1 + (1 - StrictMath.sqrt(raised / (raised + POWER_7_OF_25))) / 2;
    Lab one = new Lab(first.lightness(), first.a() * stretch, first.b());
    Lab two = new Lab(second.lightness(), second.a() * stretch, second.b());
    double chromaOne = one.chroma();
    double chromaTwo = two.chroma();
    double hueOne = hue(one);
    double hueTwo = hue(two);

    double lightnessStep = two.lightness() - one.lightness();
    double chromaStep = chromaTwo - chromaOne;
    boolean grey = chromaOne * chromaTwo == 0;
    double turn = grey ? 0 : hueTwo - hueOne;
    if (turn > 180) {
      turn -= 360;
    } else if (turn < -180) {
      turn += 360;
    }
    double hueStep = 2 * StrictMath.sqrt(chromaOne * chromaTwo) * Polar.sine(turn / 2);

    double lightness = (one.lightness() + two.lightness()) / 2;
    double chroma = (chromaOne + chromaTwo) / 2;
    double hue;
    if (grey) {
      hue = hueOne + hueTwo;
    } else if (Math.abs(hueOne - hueTwo) <= 180) {
      hue = (hueOne + hueTwo) / 2;
    } else {
      hue = (hueOne + hueTwo + (hueOne + hueTwo < 360 ? 360 : -360)) / 2;
    }
    double weight =
        1
            - 0.17 * Polar.cosine(hue - 30)
            + 0.24 * Polar.cosine(2 * hue)
            + 0.32 * Polar.cosine(3 * hue + 6)
            - 0.20 * Polar.cosine(4 * hue - 63);
    double fromBlue = (hue - 275) / 25;
    double rotation = 30 * StrictMath.exp(-fromBlue * fromBlue);
    double chroma7 = power7(chroma);
    double rotationScale = 2 * StrictMath.sqrt(chroma7 / (chroma7 + POWER_7_OF_25));
    double off = (lightness - 50) * (lightness - 50);
    double lightnessTerm = lightnessStep / (1 + 0.015 * off / StrictMath.sqrt(20 + off));
    double chromaTerm = chromaStep / (1 + 0.045 * chroma);
    double hueTerm = hueStep / (1 + 0.015 * chroma * weight);
    double mixed = -Polar.sine(2 * rotation) * rotationScale * chromaTerm * hueTerm;
    return StrictMath.sqrt(
        Math.max(
            0,
            lightnessTerm * lightnessTerm + chromaTerm * chromaTerm + hueTerm * hueTerm + mixed));
  }

  /** A colour between two: 0 gives the first, 1 the second, linear in sRGB values. */
  public static int mix(int first, int second, double share) {
    int out = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = first >> shift & 0xff;
      int to = second >> shift & 0xff;
      out |= (int) Math.floor(from + (to - from) * share + 0.5) << shift;
    }
    return out;
  }

  private static double hue(Lab colour) {
    return colour.a() == 0 && colour.b() == 0 ? 0 : Polar.degrees(colour.a(), colour.b());
  }

  private static double power7(double value) {
    double cube = value * value * value;
    return cube * cube * value;
  }
}
