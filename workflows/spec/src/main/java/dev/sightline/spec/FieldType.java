package dev.sightline.spec;

import java.util.Arrays;
import java.util.List;

/** The type of a field as the file sees it; derived from the record component. */
sealed interface FieldType {

  record Text(String pattern) implements FieldType {}

  record Choice(List<WireName> values) implements FieldType {
    static Choice of(Class<?> enumType) {
      return new Choice(
          Arrays.stream(enumType.getEnumConstants()).map(WireName.class::cast).toList());
    }

    List<String> options() {
      return values.stream().map(WireName::wire).toList();
    }
  }

  record Whole(int min, int max, int multipleOf) implements FieldType {}

  /** Any int64; beyond 2^53 written as a string, for JSON numbers are doubles. */
  record Seed() implements FieldType {}

  record Real(double min, double max, boolean openMin, boolean openMax) implements FieldType {
    boolean holds(double value) {
      return (openMin ? value > min : value >= min) && (openMax ? value < max : value <= max);
    }
  }

  record Flag() implements FieldType {}

  record Span() implements FieldType {}

  /** A mapping whose keys somebody else knows. */
  record Free() implements FieldType {}

  record Nested(RecordType record) implements FieldType {}

  record Many(FieldType element, int minItems, boolean distinct) implements FieldType {}

  /** What the field takes, for messages and for the table of fields. */
  default String words() {
    return switch (this) {
      case Text(String pattern) -> pattern.isEmpty() ? "text" : "text matching `" + pattern + "`";
      case Choice choice -> "one of " + String.join(", ", choice.options());
      case Whole(int min, int max, int multipleOf) ->
          "whole number"
              + range(min, max, min == Integer.MIN_VALUE, max == Integer.MAX_VALUE, false, false)
              + (multipleOf > 1 ? ", a multiple of " + multipleOf : "");
      case Seed() -> "whole number of 64 bits";
      case Real(double min, double max, boolean openMin, boolean openMax) ->
          "number"
              + range(min, max, Double.isInfinite(min), Double.isInfinite(max), openMin, openMax);
      case Flag() -> "true or false";
      case Span() -> "duration such as PT30S";
      case Free() -> "mapping";
      case Nested nested -> "mapping";
      case Many(FieldType element, int minItems, boolean distinct) ->
          "list"
              + (minItems > 0 ? " of at least " + minItems : "")
              + (distinct ? ", distinct" : "")
              + (element instanceof Nested ? "" : "; each " + element.words());
    };
  }

  private static String range(
      double min, double max, boolean noMin, boolean noMax, boolean openMin, boolean openMax) {
    String low = noMin ? "" : (openMin ? " above " : " from ") + plain(min);
    String high =
        noMax ? "" : (openMax ? (noMin ? " below " : " and below ") : " up to ") + plain(max);
    return low + high;
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
