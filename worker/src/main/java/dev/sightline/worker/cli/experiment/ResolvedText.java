package dev.sightline.worker.cli.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A resolved experiment as YAML that can be read back, with its defaults marked. */
final class ResolvedText {
  private static final String MARK = "# default";
  private static final int MARK_COLUMN = 56;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
  // Plain words that YAML may read as something else.
  private static final Set<String> SPECIAL =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private final Set<String> defaulted;
  private final List<String> out = new ArrayList<>();

  ResolvedText(List<String> defaulted) {
    this.defaulted = Set.copyOf(defaulted);
  }

  List<String> lines(Map<String, ?> tree, String indent) {
    out.clear();
    mapping("", indent, indent, tree, false);
    return List.copyOf(out);
  }

  private void mapping(String path, String first, String indent, Map<?, ?> tree, boolean marked) {
    String start = first;
    for (Map.Entry<?, ?> entry : tree.entrySet()) {
      String key = String.valueOf(entry.getKey());
      String at = path.isEmpty() ? key : path + "." + key;
      value(
          at, start + key + ":", indent + "  ", entry.getValue(), marked || defaulted.contains(at));
      start = indent;
    }
  }

  private void value(
      String path, String start, String indent, @Nullable Object value, boolean marked) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      out.add(start);
      mapping(path, indent, indent, map, marked);
    } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
      out.add(start);
      for (int i = 0; i < list.size(); i++) {
        String at = path + "[" + i + "]";
        if (list.get(i) instanceof Map<?, ?> map) {
          mapping(at, indent + "- ", indent + "  ", map, marked || defaulted.contains(at));
        }
      }
    } else {
      String line = start + " " + scalar(value);
      out.add(marked ? line + " ".repeat(Math.max(2, MARK_COLUMN - line.length())) + MARK : line);
    }
  }

  private static String scalar(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case List<?> list ->
          list.stream().map(ResolvedText::scalar).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> empty -> "{}";
      case String text -> text(text);
      case Object other -> other.toString();
    };
  }

  private static String text(String text) {
    return PLAIN.matcher(text).matches() && !SPECIAL.contains(text)
        ? text
        : "'" + text.replace("'", "''") + "'";
  }
}
