package dev.sightline.spec;

import java.io.StringReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * YAML text to {@link SpecNode} with positions. Plain scalars are read as JSON would (true, false,
 * null, decimal numbers), not by YAML 1.1, where {@code on} is a boolean and {@code 010} is eight.
 */
final class YamlTree {
  private static final Pattern INTEGER = Pattern.compile("[+-]?(0|[1-9][0-9]*)");
  private static final Pattern REAL =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[+-]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  private static final int MOST_NODES = 100_000;

  private final String source;
  private final List<SpecProblem> problems;
  private final Map<Node, Boolean> open = new IdentityHashMap<>();
  private final boolean placed;
  private int nodes;

  private YamlTree(String source, List<SpecProblem> problems, boolean placed) {
    this.source = source;
    this.problems = problems;
    this.placed = placed;
  }

  /** The tree, or empty after a syntax error; problems found are added. */
  static Optional<SpecNode> read(String source, String text, List<SpecProblem> problems) {
    return new YamlTree(source, problems, true).read(text);
  }

  private Optional<SpecNode> read(String text) {
    Node root;
    try {
      LoaderOptions options = new LoaderOptions();
      options.setProcessComments(false);
      root = new Yaml(options).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      problem(
          e.getProblemMark(),
          "",
          "is not YAML here: " + oneLine(e.getProblem()),
          "check indentation, colons, brackets and quotes at this place");
      return Optional.empty();
    } catch (ReaderException e) {
      long line = 1 + text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
      problems.add(
          new SpecProblem(
              source,
              (int) line,
              1,
              "",
              String.format("holds the character U+%04X, which YAML forbids", e.getCodePoint()),
              "remove it, or escape it in double quotes"));
      return Optional.empty();
    } catch (YAMLException e) {
      problem(null, "", "is not YAML: " + oneLine(e.getMessage()), "write plain UTF-8 YAML");
      return Optional.empty();
    }
    if (root == null) {
      problem(null, "", "the file is empty", "start from deploy/experiments/quickstart.yaml");
      return Optional.empty();
    }
    return Optional.of(node(root, ""));
  }

  /** A default as its annotation writes it; it has no place in the file. */
  static SpecNode ofDefault(String yaml) {
    List<SpecProblem> problems = new ArrayList<>();
    SpecNode node = new YamlTree("default", problems, false).read(yaml).orElseThrow();
    if (!problems.isEmpty()) {
      throw new IllegalStateException(problems.toString());
    }
    return node;
  }

  private SpecNode node(Node node, String path) {
    SpecNode.Position at = position(node.getStartMark());
    nodes++;
    if (nodes > MOST_NODES || open.put(node, true) != null) {
      if (nodes <= MOST_NODES + 1) {
        problem(
            node.getStartMark(),
            path,
            "an alias repeats too much or itself",
            "write the values out");
      }
      return new SpecNode.Scalar(null, "", at);
    }
    try {
      return switch (node) {
        case MappingNode mapping -> mapping(mapping, path, at);
        case SequenceNode sequence -> {
          List<SpecNode> entries = new ArrayList<>();
          for (Node entry : sequence.getValue()) {
            entries.add(node(entry, path + "[" + entries.size() + "]"));
          }
          yield new SpecNode.Sequence(List.copyOf(entries), at);
        }
        case ScalarNode scalar -> scalar(scalar, at);
        default -> throw new IllegalStateException("no such YAML node: " + node);
      };
    } finally {
      open.remove(node);
    }
  }

  private SpecNode mapping(MappingNode mapping, String path, SpecNode.Position at) {
    List<SpecNode.Member> members = new ArrayList<>();
    Map<String, Integer> lines = new HashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Mark mark = tuple.getKeyNode().getStartMark();
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problem(mark, path, "a key is not text", "write keys as plain words");
        continue;
      }
      String name = key.getValue();
      String inner = path.isEmpty() ? name : path + "." + name;
      Integer before = lines.putIfAbsent(name, position(mark).line());
      if (before != null) {
        problem(mark, inner, "is given twice, first in line " + before, "keep one of the two");
        continue;
      }
      members.add(new SpecNode.Member(name, position(mark), node(tuple.getValueNode(), inner)));
    }
    return new SpecNode.Mapping(List.copyOf(members), at);
  }

  private static SpecNode.Scalar scalar(ScalarNode node, SpecNode.Position at) {
    String text = node.getValue();
    boolean plain = node.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN;
    return new SpecNode.Scalar(plain ? plainValue(text) : text, text, at);
  }

  private static @Nullable Object plainValue(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      case String other when INTEGER.matcher(other).matches() -> whole(other);
      case String other when REAL.matcher(other).matches() && !leadingZero(other) ->
          Double.valueOf(other);
      case String other when NOT_FINITE.matcher(other).matches() ->
          other.endsWith("f") || other.endsWith("F")
              ? (other.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY)
              : Double.NaN;
      case String other -> other;
    };
  }

  /** {@code 010} is octal to some and decimal to others, so it stays text and is refused later. */
  private static boolean leadingZero(String text) {
    return text.matches("[+-]?0[0-9]+");
  }

  static Object whole(String digits) {
    BigInteger value = new BigInteger(digits);
    if (value.bitLength() < Long.SIZE) {
      return value.longValue();
    }
    return value;
  }

  private void problem(@Nullable Mark mark, String field, String problem, String fix) {
    SpecNode.Position at = mark == null ? new SpecNode.Position(1, 1) : position(mark);
    problems.add(new SpecProblem(source, at.line(), at.column(), field, problem, fix));
  }

  private SpecNode.Position position(@Nullable Mark mark) {
    return mark == null || !placed
        ? SpecNode.Position.NONE
        : new SpecNode.Position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String oneLine(@Nullable String text) {
    return text == null ? "unreadable" : text.strip().replaceAll("\\s+", " ");
  }
}
