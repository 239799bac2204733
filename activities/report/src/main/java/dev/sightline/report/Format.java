package dev.sightline.report;

import dev.sightline.report.Report.Rate;
import dev.sightline.statistics.Interval;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How numbers are written for people: rates in percent, differences in points. */
final class Format {
  static final String NONE = "–";

  private Format() {}

  static String percent(@Nullable Double rate) {
    return rate == null ? NONE : String.format(Locale.ROOT, "%.1f", 100 * rate).replace('-', '−');
  }

  static String percent(@Nullable Rate rate) {
    return rate == null ? NONE : percent((Double) rate.value());
  }

  /** "71.5 [65.7, 76.7]". */
  static String withInterval(@Nullable Rate rate) {
    return rate == null ? NONE : percent(rate) + " " + interval(rate.interval());
  }

  static String interval(@Nullable Interval interval) {
    return interval == null
        ? NONE
        : "[" + percent((Double) interval.low()) + ", " + percent((Double) interval.high()) + "]";
  }

  /** Signed points, with a true minus sign and no negative zero. */
  static String points(double difference) {
    String text = String.format(Locale.ROOT, "%+.1f", 100 * difference);
    return text.equals("-0.0") || text.equals("+0.0") ? "0.0" : text.replace('-', '−');
  }

  static String points(Interval interval) {
    return "[" + points(interval.low()) + ", " + points(interval.high()) + "]";
  }

  static String pValue(@Nullable Double p) {
    if (p == null) {
      return NONE;
    }
    return p < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", p);
  }

  static String number(@Nullable Double value) {
    return value == null ? NONE : String.format(Locale.ROOT, "%.3g", value);
  }

  /** As it was written in the spec: 1, 0.2. */
  static String weight(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
