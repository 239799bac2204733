package dev.sightline.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema (2020-12) and the table of fields, made from the same description as the reader.
 */
public final class SpecSchema {
  private static final RecordType ROOT = RecordType.of(ExperimentSpec.class);

  private SpecSchema() {}

  /** The schema as a JSON tree; editors check experiment files with it. */
  public static Map<String, Object> schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Sightline experiment");
    schema.putAll(object(ROOT, null));
    return schema;
  }

  private static Map<String, Object> object(
      RecordType record, SpecNode.@Nullable Mapping fallback) {
    Map<String, Object> schema = new LinkedHashMap<>();
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordType.Entry entry : record.entries()) {
      SpecNode byDefault = byDefault(entry, fallback);
      Map<String, Object> property = new LinkedHashMap<>();
      property.put("description", entry.doc());
      property.putAll(
          type(
              entry.type(),
              byDefault instanceof SpecNode.Mapping mapping ? mapping : null,
              entry.nullable()));
      if (byDefault != null && !(entry.type() instanceof FieldType.Nested)) {
        putDefault(property, byDefault);
      }
      properties.put(entry.name(), property);
      if (needed(entry, byDefault)) {
        required.add(entry.name());
      }
    }
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    schema.put("properties", properties);
    return schema;
  }

  /** A nested record may stay away when all in it has a default. */
  private static boolean needed(RecordType.Entry entry, @Nullable SpecNode byDefault) {
    if (byDefault != null) {
      return false;
    }
    return !(entry.type() instanceof FieldType.Nested(RecordType record))
        || record.entries().stream().anyMatch(inner -> needed(inner, inner.byDefault()));
  }

  private static Map<String, Object> type(
      FieldType type, SpecNode.@Nullable Mapping fallback, boolean nullable) {
    Map<String, Object> schema = new LinkedHashMap<>();
    switch (type) {
      case FieldType.Text(String pattern) -> {
        schema.put("type", "string");
        if (!pattern.isEmpty()) {
          schema.put("pattern", "^" + pattern + "$");
        }
      }
      case FieldType.Choice choice -> schema.put("enum", choice.options());
      case FieldType.Whole(int min, int max, int multipleOf) -> {
        schema.put("type", "integer");
        schema.put("minimum", min);
        schema.put("maximum", max);
        if (multipleOf > 1) {
          schema.put("multipleOf", multipleOf);
        }
      }
      case FieldType.Seed() -> {
        schema.put("type", List.of("integer", "string"));
        schema.put("pattern", "^-?(0|[1-9][0-9]{0,18})$");
      }
      case FieldType.Real(double min, double max, boolean openMin, boolean openMax) -> {
        schema.put("type", "number");
        if (Double.isFinite(min)) {
          schema.put(openMin ? "exclusiveMinimum" : "minimum", min);
        }
        if (Double.isFinite(max)) {
          schema.put(openMax ? "exclusiveMaximum" : "maximum", max);
        }
      }
      case FieldType.Flag() -> schema.put("type", "boolean");
      case FieldType.Span() -> {
        schema.put("type", "string");
        schema.put("format", "duration");
      }
      case FieldType.Free() -> schema.put("type", "object");
      case FieldType.Nested(RecordType record) -> schema.putAll(object(record, fallback));
      case FieldType.Many(FieldType element, int minItems, boolean distinct) -> {
        schema.put("type", "array");
        if (minItems > 0) {
          schema.put("minItems", minItems);
        }
        if (distinct) {
          schema.put("uniqueItems", true);
        }
        schema.put("items", type(element, null, false));
      }
    }
    if (nullable && schema.get("type") instanceof String name) {
      schema.put("type", List.of(name, "null"));
    }
    return schema;
  }

  private static void putDefault(Map<String, Object> property, SpecNode byDefault) {
    Object tree = tree(byDefault);
    if (tree != null) {
      property.put("default", tree);
    }
  }

  private static @Nullable Object tree(SpecNode node) {
    return switch (node) {
      case SpecNode.Scalar scalar -> scalar.value();
      case SpecNode.Sequence sequence ->
          sequence.entries().stream().map(entry -> Objects.requireNonNull(tree(entry))).toList();
      case SpecNode.Mapping mapping -> {
        Map<String, Object> tree = new LinkedHashMap<>();
        mapping.members().forEach(m -> tree.put(m.key(), Objects.requireNonNull(tree(m.value()))));
        yield tree;
      }
    };
  }

  /** The fields as a Markdown table: path, type, default, meaning. */
  public static String table() {
    StringBuilder out =
        new StringBuilder("| field | takes | default | meaning |\n|---|---|---|---|\n");
    rows(ROOT, null, "", out);
    return out.toString();
  }

  private static void rows(
      RecordType record, SpecNode.@Nullable Mapping fallback, String path, StringBuilder out) {
    for (RecordType.Entry entry : record.entries()) {
      SpecNode byDefault = byDefault(entry, fallback);
      String inner = path + entry.name();
      out.append("| `")
          .append(inner)
          .append("` | ")
          .append(entry.type().words().replace("|", "\\|"))
          .append(" | ")
          .append(shown(entry, byDefault))
          .append(" | ")
          .append(entry.doc().replace("|", "\\|"))
          .append(" |\n");
      if (entry.type() instanceof FieldType.Nested(RecordType nested)) {
        rows(
            nested,
            byDefault instanceof SpecNode.Mapping mapping ? mapping : null,
            inner + ".",
            out);
      } else if (entry.type()
          instanceof
          FieldType.Many(FieldType.Nested(RecordType nested), int min, boolean distinct)) {
        rows(nested, null, inner + "[].", out);
      }
    }
  }

  private static String shown(RecordType.Entry entry, @Nullable SpecNode byDefault) {
    if (entry.nullable()) {
      return "none";
    }
    if (entry.type() instanceof FieldType.Nested) {
      return needed(entry, byDefault) ? "required" : "its fields' own";
    }
    return byDefault == null ? "**required**" : "`" + text(byDefault) + "`";
  }

  private static String text(SpecNode node) {
    return switch (node) {
      case SpecNode.Scalar scalar -> scalar.text().isEmpty() ? "''" : scalar.text();
      case SpecNode.Sequence sequence ->
          sequence.entries().stream().map(SpecSchema::text).toList().toString();
      case SpecNode.Mapping mapping -> mapping.members().isEmpty() ? "{}" : mapping.toString();
    };
  }

  private static @Nullable SpecNode byDefault(
      RecordType.Entry entry, SpecNode.@Nullable Mapping fallback) {
    SpecNode outer = fallback == null ? null : fallback.get(entry.name()).orElse(null);
    return outer == null ? entry.byDefault() : outer;
  }
}
