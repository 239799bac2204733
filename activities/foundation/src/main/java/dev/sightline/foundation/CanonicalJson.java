package dev.sightline.foundation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Canonical JSON by RFC 8785: keys sorted by UTF-16 units, no white space, numbers as ECMAScript
 * prints doubles.
 *
 * <p>Takes a tree of {@link Map} with string keys, {@link Collection}, {@link String}, {@link
 * Number}, {@link Boolean}, enum constants (by name) and null. Integers beyond 2^53 are refused:
 * they would not survive the round trip; write them as strings.
 */
public final class CanonicalJson {
  private static final long EXACT = 1L << 53;

  private CanonicalJson() {}

  public static byte[] bytes(@Nullable Object tree) {
    return text(tree).getBytes(StandardCharsets.UTF_8);
  }

  public static String text(@Nullable Object tree) {
    StringBuilder out = new StringBuilder();
    write(tree, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case Boolean b -> out.append(b.booleanValue());
      case String s -> string(s, out);
      case Enum<?> e -> string(e.name(), out);
      case Digest d -> string(d.hex(), out);
      case Number n -> number(n, out);
      case Map<?, ?> m -> object(m, out);
      case Collection<?> c -> array(c, out);
      default ->
          throw new IllegalArgumentException("no JSON form for " + value.getClass().getName());
    }
  }

  private static void object(Map<?, ?> map, StringBuilder out) {
    // String.compareTo compares UTF-16 units, which is the order that RFC 8785 asks for.
    TreeMap<String, Object> sorted = new TreeMap<>();
    map.forEach((key, value) -> sorted.put((String) key, value));
    out.append('{');
    boolean first = true;
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      if (!first) {
        out.append(',');
      }
      first = false;
      string(entry.getKey(), out);
      out.append(':');
      write(entry.getValue(), out);
    }
    out.append('}');
  }

  private static void array(Collection<?> items, StringBuilder out) {
    out.append('[');
    boolean first = true;
    for (Object item : items) {
      if (!first) {
        out.append(',');
      }
      first = false;
      write(item, out);
    }
    out.append(']');
  }

  private static void string(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static void number(Number value, StringBuilder out) {
    switch (value) {
      case Integer i -> out.append(i.intValue());
      case Short s -> out.append(s.intValue());
      case Byte b -> out.append(b.intValue());
      case Long l -> integer(BigInteger.valueOf(l), out);
      case BigInteger b -> integer(b, out);
      case BigDecimal d -> real(d.doubleValue(), out);
      case Double d -> real(d, out);
      case Float f -> real(f.doubleValue(), out);
      default ->
          throw new IllegalArgumentException("no JSON form for " + value.getClass().getName());
    }
  }

  private static void integer(BigInteger value, StringBuilder out) {
    if (value.abs().compareTo(BigInteger.valueOf(EXACT)) > 0) {
      throw new IllegalArgumentException(
          value + " is beyond 2^53 and has no exact JSON number; write it as a string");
    }
    out.append(value);
  }

  /**
   * ECMAScript Number::toString: shortest digits that read back, plain notation for exponents -7 <
   * e <= 21.
   */
  private static void real(double value, StringBuilder out) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(value + " has no JSON form");
    }
    if (value == 0) {
      out.append('0');
      return;
    }
    if (value < 0) {
      out.append('-');
    }
    // Since JDK 19 Double.toString gives the shortest decimal that reads back.
    BigDecimal shortest = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int count = digits.length();
    int point = count - shortest.scale();
    if (count <= point && point <= 21) {
      out.append(digits).append("0".repeat(point - count));
    } else if (0 < point && point <= 21) {
      out.append(digits, 0, point).append('.').append(digits, point, count);
    } else if (-6 < point && point <= 0) {
      out.append("0.").append("0".repeat(-point)).append(digits);
    } else {
      int exponent = point - 1;
      out.append(digits.charAt(0));
      if (count > 1) {
        out.append('.').append(digits, 1, count);
      }
      out.append('e').append(exponent < 0 ? '-' : '+').append(Math.abs(exponent));
    }
  }
}
