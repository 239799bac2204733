package dev.sightline.spec;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as a tree that {@link SpecReader} reads back: fields in the order of the record,
 * every field present but absent sparse ones. Integers beyond 2^53 become strings.
 */
public final class SpecWriter {
  private static final long EXACT = 1L << 53;

  private SpecWriter() {}

  /** The whole spec as a tree of Map, List, String, Number, Boolean and null. */
  public static Map<String, Object> tree(ExperimentSpec spec) {
    return record(spec);
  }

  /** A record of the spec as a tree. */
  @SuppressWarnings("NullAway") // a JSON tree holds nulls, which Map<String, Object> cannot say
  static Map<String, Object> record(Record record) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (RecordType.Entry entry : RecordType.of(record.getClass()).entries()) {
      Object value = RecordType.value(record, entry);
      if (value != null || !entry.sparse()) {
        tree.put(entry.name(), value(value));
      }
    }
    return tree;
  }

  static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Record record -> record(record);
      case WireName word -> word.wire();
      case Duration span -> span.toString();
      case Long number when number > EXACT || number < -EXACT -> number.toString();
      case List<?> list -> list.stream().map(SpecWriter::value).toList();
      case Object other -> other;
    };
  }
}
