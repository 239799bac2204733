package dev.sightline.worker.cli.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes such as {@code 80GiB}, as bytes. */
final class Gibibytes implements ITypeConverter<Long> {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?) ?(GiB|GB)");

  @Override
  public Long convert(String value) {
    Matcher matcher = SIZE.matcher(value);
    if (!matcher.matches()) {
      throw new TypeConversionException("'" + value + "' is no size such as 80GiB or 85.9GB");
    }
    double unit = matcher.group(2).equals("GiB") ? 1L << 30 : 1e9;
    return (long) (Double.parseDouble(matcher.group(1)) * unit);
  }

  static String text(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }
}
