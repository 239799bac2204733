package dev.sightline.reward;

import dev.sightline.puzzle.AnswerType;
import java.util.Optional;

/** How answers are compared, and found in loose text. All in linear time. */
public final class Answers {
  private Answers() {}

  /**
   * Strict comparison of a whole answer with the right one: integers as integers, words without
   * case and with white space collapsed. "3 or 4" equals nothing.
   */
  public static boolean equal(AnswerType type, String given, String right) {
    return equal(type, given, right, false);
  }

  /**
   * The same.
   *
   * @param strictClock whether 0:05 and 12:05 are two times
   */
  public static boolean equal(AnswerType type, String given, String right, boolean strictClock) {
    return switch (type) {
      case INTEGER -> {
        Optional<String> number = integer(given);
        yield number.isPresent() && number.equals(integer(right));
      }
      case WORD -> words(given).equals(words(right));
      case TIME -> {
        Optional<Time> time = time(given);
        yield time.isPresent()
            && time.map(t -> strictClock ? t : t.folded())
                .equals(time(right).map(t -> strictClock ? t : t.folded()));
      }
    };
  }

  /** The last thing of the type in the text: a run of digits with its sign, or of letters. */
  static Optional<String> last(AnswerType type, String text) {
    int end = text.length();
    while (end > 0 && !belongs(type, text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    int start = end;
    while (start > 0 && belongs(type, text.codePointBefore(start))) {
      start -= Character.charCount(text.codePointBefore(start));
    }
    if (start == end) {
      return Optional.empty();
    }
    if (type == AnswerType.INTEGER && start > 0 && text.charAt(start - 1) == '-') {
      start--;
    }
    return Optional.of(text.substring(start, end));
  }

  private static boolean belongs(AnswerType type, int c) {
    return switch (type) {
      case INTEGER -> c >= '0' && c <= '9';
      case WORD -> Character.isLetter(c);
      case TIME -> c >= '0' && c <= '9' || c == ':';
    };
  }

  /** {@code [+-]?[0-9]+} without plus and leading zeros; as text, for any length costs the same. */
  public static Optional<String> integer(String text) {
    String trimmed = text.strip();
    boolean signed = !trimmed.isEmpty() && (trimmed.charAt(0) == '+' || trimmed.charAt(0) == '-');
    String digits = signed ? trimmed.substring(1) : trimmed;
    if (digits.isEmpty()) {
      return Optional.empty();
    }
    int zeros = 0;
    for (int i = 0; i < digits.length(); i++) {
      if (!belongs(AnswerType.INTEGER, digits.charAt(i))) {
        return Optional.empty();
      }
      if (zeros == i && digits.charAt(i) == '0') {
        zeros++;
      }
    }
    String value = digits.substring(Math.min(zeros, digits.length() - 1));
    boolean negative = trimmed.charAt(0) == '-' && !value.equals("0");
    return Optional.of(negative ? "-" + value : value);
  }

  /**
   * @param hour 0 to 12
   */
  public record Time(int hour, int minute) {
    /** With hour 12 read as 0. */
    public Time folded() {
      return new Time(hour % 12, minute);
    }
  }

  /** {@code H:MM} or {@code HH:MM}; hours above 12 are none. */
  public static Optional<Time> time(String text) {
    String trimmed = text.strip();
    int colon = trimmed.indexOf(':');
    if (colon < 1 || colon > 2 || trimmed.length() != colon + 3) {
      return Optional.empty();
    }
    for (int i = 0; i < trimmed.length(); i++) {
      if (i != colon && (trimmed.charAt(i) < '0' || trimmed.charAt(i) > '9')) {
        return Optional.empty();
      }
    }
    int hour = Integer.parseInt(trimmed.substring(0, colon));
    int minute = Integer.parseInt(trimmed.substring(colon + 1));
    return hour > 12 || minute > 59 ? Optional.empty() : Optional.of(new Time(hour, minute));
  }

  private static String words(String text) {
    StringBuilder out = new StringBuilder();
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        gap = !out.isEmpty();
      } else {
        if (gap) {
          out.append(' ');
          gap = false;
        }
        out.append(c);
      }
    }
    return LowerCase.of(out.toString());
  }
}
