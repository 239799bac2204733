package dev.sightline.spec;

import java.math.BigInteger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fills records from a tree by their {@link RecordType}; everything wrong goes to the findings. */
final class RecordReader {
  /** Stands for a value that could not be read; its problem is among the findings. */
  private enum Broken {
    BROKEN
  }

  private static final Object BROKEN = Broken.BROKEN;

  private static final long EXACT = 1L << 53;

  private final Findings findings;

  RecordReader(Findings findings) {
    this.findings = findings;
  }

  /** The record, or empty when a field of it is wrong. */
  Optional<Record> read(RecordType type, SpecNode node, String path) {
    return nested(type, node, null, path) instanceof Record record
        ? Optional.of(record)
        : Optional.empty();
  }

  private Object nested(
      RecordType type, SpecNode node, SpecNode.@Nullable Mapping fallback, String path) {
    findings.place(path, node.at());
    if (!(node instanceof SpecNode.Mapping mapping)) {
      findings.problem(
          path,
          "is " + node.words() + ", not a mapping",
          "give it the fields " + String.join(", ", type.names()));
      return BROKEN;
    }
    unknownKeys(type, mapping, path);
    @Nullable Object[] values = new Object[type.entries().size()];
    SpecNode.@Nullable Mapping defaults = fallback;
    boolean whole = true;
    for (int i = 0; i < values.length; i++) {
      RecordType.Entry entry = type.entries().get(i);
      values[i] = field(entry, mapping, defaults, inner(path, entry.name()));
      if (values[i] instanceof DecidesDefaults choice) {
        defaults = (SpecNode.Mapping) YamlTree.ofDefault(choice.defaults());
      }
      whole &= !(values[i] instanceof Broken);
    }
    if (!whole) {
      return BROKEN;
    }
    Record record = type.make(values);
    findings.part(path, record);
    return record;
  }

  private @Nullable Object field(
      RecordType.Entry entry,
      SpecNode.Mapping parent,
      SpecNode.@Nullable Mapping fallback,
      String path) {
    SpecNode given = parent.get(entry.name()).orElse(null);
    SpecNode byDefault =
        Optional.ofNullable(fallback).flatMap(f -> f.get(entry.name())).orElse(entry.byDefault());
    if (given == null) {
      if (byDefault != null) {
        if (!entry.sparse()) {
          findings.defaulted(path);
        }
        return byDefault instanceof SpecNode.Scalar scalar && scalar.value() == null
            ? null
            : value(entry.type(), byDefault, null, path);
      }
      if (entry.type() instanceof FieldType.Nested(RecordType type)) {
        return nested(type, SpecNode.Mapping.empty(parent.at()), null, path);
      }
      findings.problem(path, parent.at(), "is missing", "give a " + entry.type().words());
      return BROKEN;
    }
    if (given instanceof SpecNode.Scalar scalar && scalar.value() == null) {
      if (entry.nullable()) {
        return null;
      }
      findings.problem(
          path,
          scalar.at(),
          "is empty",
          byDefault == null
              ? "give a " + entry.type().words()
              : "give a " + entry.type().words() + ", or leave the line out for the default");
      return BROKEN;
    }
    return value(
        entry.type(), given, byDefault instanceof SpecNode.Mapping mapping ? mapping : null, path);
  }

  private Object value(
      FieldType type, SpecNode node, SpecNode.@Nullable Mapping fallback, String path) {
    findings.place(path, node.at());
    return switch (type) {
      case FieldType.Nested(RecordType record) -> nested(record, node, fallback, path);
      case FieldType.Many many -> list(many, node, path);
      case FieldType.Free() -> free(node, path);
      case FieldType.Text text -> text(text, node, path);
      case FieldType.Choice choice -> choice(choice, node, path);
      case FieldType.Whole whole -> whole(whole, node, path);
      case FieldType.Seed() -> seed(node, path);
      case FieldType.Real real -> real(real, node, path);
      case FieldType.Flag() ->
          node instanceof SpecNode.Scalar(Boolean flag, String text, SpecNode.Position at)
              ? flag
              : wrong(node, path, "is " + node.words(), "write true or false");
      case FieldType.Span() -> span(node, path);
    };
  }

  private Object list(FieldType.Many many, SpecNode node, String path) {
    if (!(node instanceof SpecNode.Sequence sequence)) {
      return wrong(node, path, "is " + node.words() + ", not a list", "write " + many.words());
    }
    if (sequence.entries().size() < many.minItems()) {
      return wrong(node, path, "is an empty list", "give at least " + many.minItems());
    }
    List<Object> values = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    boolean whole = true;
    for (int i = 0; i < sequence.entries().size(); i++) {
      String inner = path + "[" + i + "]";
      Object value = value(many.element(), sequence.entries().get(i), null, inner);
      whole &= !(value instanceof Broken);
      if (many.distinct() && !(value instanceof Broken) && !seen.add(value)) {
        findings.problem(inner, "repeats " + display(value), "name each value once");
        whole = false;
      }
      values.add(value);
    }
    return whole ? List.copyOf(values) : BROKEN;
  }

  private Object free(SpecNode node, String path) {
    if (!(node instanceof SpecNode.Mapping)) {
      return wrong(node, path, "is " + node.words() + ", not a mapping", "write key: value pairs");
    }
    int before = findings.problems().size();
    Object tree = Objects.requireNonNull(tree(node, path));
    return findings.problems().size() == before ? tree : BROKEN;
  }

  private @Nullable Object tree(SpecNode node, String path) {
    findings.place(path, node.at());
    return switch (node) {
      case SpecNode.Mapping mapping -> {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        mapping.members().forEach(m -> tree.put(m.key(), tree(m.value(), inner(path, m.key()))));
        yield tree;
      }
      case SpecNode.Sequence sequence -> {
        List<@Nullable Object> tree = new ArrayList<>();
        for (SpecNode entry : sequence.entries()) {
          tree.add(tree(entry, path + "[" + tree.size() + "]"));
        }
        yield tree;
      }
      case SpecNode.Scalar(Long value, String text, SpecNode.Position at)
          when value <= EXACT && value >= -EXACT ->
          value;
      case SpecNode.Scalar(Double value, String text, SpecNode.Position at)
          when Double.isFinite(value) ->
          value;
      case SpecNode.Scalar(Number value, String text, SpecNode.Position at) -> {
        findings.problem(path, text + " has no exact JSON number", "write it in quotes");
        yield BROKEN;
      }
      case SpecNode.Scalar scalar -> scalar.value();
    };
  }

  private Object text(FieldType.Text type, SpecNode node, String path) {
    if (!(node instanceof SpecNode.Scalar(String text, String written, SpecNode.Position at))) {
      return wrong(
          node,
          path,
          "is " + node.words() + ", not text",
          node instanceof SpecNode.Scalar ? "put it in quotes" : "write text");
    }
    if (!type.pattern().isEmpty() && !text.matches(type.pattern())) {
      return wrong(node, path, "'" + text + "' is no legal name", "write " + type.words());
    }
    return text;
  }

  private Object choice(FieldType.Choice type, SpecNode node, String path) {
    String written = node instanceof SpecNode.Scalar scalar ? scalar.text() : "";
    for (WireName value : type.values()) {
      if (value.wire().equals(written)) {
        return value;
      }
    }
    return wrong(
        node,
        path,
        "is " + node.words(),
        Suggestion.fix(written, type.options(), "write " + type.words()));
  }

  private Object whole(FieldType.Whole type, SpecNode node, String path) {
    if (!(node instanceof SpecNode.Scalar scalar) || !(scalar.value() instanceof Number number)) {
      return wrong(node, path, "is " + node.words(), "write a " + type.words());
    }
    // JSON has one kind of number, and some writers print 8 as 8.0.
    Object exact =
        number instanceof Double d && d == Math.rint(d) && Math.abs(d) <= EXACT
            ? (Object) d.longValue()
            : number;
    if (!(exact instanceof Long value)
        || value < type.min()
        || value > type.max()
        || value % type.multipleOf() != 0) {
      return wrong(node, path, "is " + scalar.text(), "write a " + type.words());
    }
    return value.intValue();
  }

  private Object seed(SpecNode node, String path) {
    if (node instanceof SpecNode.Scalar scalar) {
      if (scalar.value() instanceof Long value) {
        return value;
      }
      if (scalar.value() instanceof String text && text.matches("-?(0|[1-9][0-9]{0,18})")) {
        BigInteger value = new BigInteger(text);
        if (value.bitLength() < Long.SIZE) {
          return value.longValue();
        }
      }
    }
    return wrong(node, path, "is " + node.words(), "write a " + new FieldType.Seed().words());
  }

  private Object real(FieldType.Real type, SpecNode node, String path) {
    if (!(node instanceof SpecNode.Scalar scalar) || !(scalar.value() instanceof Number number)) {
      return wrong(node, path, "is " + node.words(), "write a " + type.words());
    }
    double value = number.doubleValue();
    if (!Double.isFinite(value)) {
      return wrong(node, path, "is " + scalar.text() + ", not finite", "write a " + type.words());
    }
    if (!type.holds(value)) {
      return wrong(node, path, "is " + scalar.text(), "write a " + type.words());
    }
    return value == 0 ? 0.0 : value; // -0.0 and 0.0 are one number in JSON
  }

  private Object span(SpecNode node, String path) {
    if (node instanceof SpecNode.Scalar(String text, String written, SpecNode.Position at)) {
      try {
        Duration span = Duration.parse(text);
        if (span.isPositive()) {
          return span;
        }
      } catch (DateTimeParseException e) {
        // falls through to the problem, which says more than the parser does
      }
    }
    return wrong(node, path, "is " + node.words(), "write a duration above zero, such as PT30S");
  }

  private void unknownKeys(RecordType type, SpecNode.Mapping mapping, String path) {
    Map<String, Boolean> known = new HashMap<>();
    type.names().forEach(name -> known.put(name, true));
    for (SpecNode.Member member : mapping.members()) {
      if (!known.containsKey(member.key())) {
        findings.problem(
            inner(path, member.key()),
            member.at(),
            "is not a known field",
            Suggestion.fix(
                member.key(), type.names(), "known here: " + String.join(", ", type.names())));
      }
    }
  }

  private Object wrong(SpecNode node, String path, String problem, String fix) {
    findings.problem(path, node.at(), problem, fix);
    return BROKEN;
  }

  private static String inner(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String display(Object value) {
    return value instanceof WireName word ? word.wire() : value.toString();
  }
}
