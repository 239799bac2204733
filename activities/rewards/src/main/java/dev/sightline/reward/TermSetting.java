package dev.sightline.reward;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A setting of a term.
 *
 * @param byDefault null for a parameter, which has to be given
 */
public record TermSetting(String name, String doc, Kind kind, @Nullable Object byDefault) {
  /** What values there are. */
  public sealed interface Kind {
    record Number(double min, double max) implements Kind {}

    record Whole(long min, long max) implements Kind {}

    record Flag() implements Kind {}

    record Word(List<String> options) implements Kind {}

    record Text() implements Kind {}
  }

  public static TermSetting number(
      String name, String doc, double byDefault, double min, double max) {
    return new TermSetting(name, doc, new Kind.Number(min, max), byDefault);
  }

  public static TermSetting whole(String name, String doc, long byDefault, long min, long max) {
    return new TermSetting(name, doc, new Kind.Whole(min, max), byDefault);
  }

  public static TermSetting flag(String name, String doc) {
    return new TermSetting(name, doc, new Kind.Flag(), false);
  }

  public static TermSetting word(
      String name, String doc, @Nullable String byDefault, List<String> options) {
    return new TermSetting(name, doc, new Kind.Word(List.copyOf(options)), byDefault);
  }

  /** A parameter of free text. */
  public static TermSetting text(String name, String doc) {
    return new TermSetting(name, doc, new Kind.Text(), null);
  }

  /** What may be written, for messages and lists. */
  public String takes() {
    return switch (kind) {
      case Kind.Number(double min, double max) -> "a number from " + min + " to " + max;
      case Kind.Whole(long min, long max) -> "a whole number from " + min + " to " + max;
      case Kind.Flag() -> "true or false";
      case Kind.Word(List<String> options) -> "one of " + String.join(", ", options);
      case Kind.Text() -> "a text";
    };
  }

  /** The value in its own type, or empty where it is none. */
  Optional<Object> read(Object given) {
    return switch (kind) {
      case Kind.Number(double min, double max) ->
          given instanceof Number number
                  && number.doubleValue() >= min
                  && number.doubleValue() <= max
              ? Optional.of(number.doubleValue())
              : Optional.empty();
      case Kind.Whole(long min, long max) ->
          given instanceof Number number
                  && number.doubleValue() == Math.rint(number.doubleValue())
                  && number.longValue() >= min
                  && number.longValue() <= max
              ? Optional.of(number.longValue())
              : Optional.empty();
      case Kind.Flag() -> given instanceof Boolean ? Optional.of(given) : Optional.empty();
      case Kind.Word(List<String> options) ->
          given instanceof String word && options.contains(word)
              ? Optional.of(word)
              : Optional.empty();
      case Kind.Text() ->
          given instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    };
  }
}
