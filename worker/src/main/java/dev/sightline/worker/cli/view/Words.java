package dev.sightline.worker.cli.view;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers and states as people read them. */
public final class Words {
  private Words() {}

  /** {@code WAITING_FOR_OPERATOR} as {@code waiting for operator}. */
  public static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** {@code 1234567} as {@code 1,234,567}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Three decimals, or a dash. */
  public static String rate(@Nullable Double value) {
    if (value == null) {
      return "-";
    }
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.equals("-0.000") ? "0.000" : text;
  }

  /** Percentage points of a difference of rates, one decimal. */
  public static String points(double difference) {
    return String.format(Locale.ROOT, "%.1f points", 100 * difference);
  }

  /** {@code 45 s}, {@code 3 min 20 s}, {@code 2 h 5 min}, {@code 3 d 4 h}. */
  public static String duration(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return whole / 60 + " min" + rest(whole % 60, "s");
    }
    if (whole < 48 * 3600) {
      return whole / 3600 + " h" + rest(whole % 3600 / 60, "min");
    }
    return whole / 86_400 + " d" + rest(whole % 86_400 / 3600, "h");
  }

  private static String rest(long amount, String unit) {
    return amount == 0 ? "" : " " + amount + " " + unit;
  }
}
