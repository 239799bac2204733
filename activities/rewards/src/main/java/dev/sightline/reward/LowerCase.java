package dev.sightline.reward;

import java.util.Locale;

/** Lower case in linear time. */
public final class LowerCase {
  private LowerCase() {}

  /**
   * {@link String#toLowerCase(Locale)} with {@link Locale#ROOT}, whose time grows with the square
   * of the number of I with a dot above, the one letter that becomes two.
   */
  public static String of(String text) {
    return text.replace("\u0130", "i\u0307").toLowerCase(Locale.ROOT);
  }
}
