package dev.sightline.puzzle.pattern;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The patterns of arithmetic, solved by formulas for what is missing. */
final class NumberReferenceSolver {
  private static final int UNKNOWN = Integer.MIN_VALUE;

  private NumberReferenceSolver() {}

  static Optional<String> answer(String name, PatternScene scene) {
    return switch (name) {
      case "pattern.color_number_hexagon" -> colourSum(scene);
      case "pattern.grid_number" -> rowSum(scene);
      case "pattern.polygon_sides_number" -> straightLine(scene, "sides");
      case "pattern.rectangle_height_number" -> straightLine(scene, "lengths");
      case "pattern.triangle" -> triads(scene);
      case "pattern.venn" -> chain(scene);
      default -> Optional.empty();
    };
  }

  private static int value(String cell) {
    return cell.equals("?") ? UNKNOWN : Integer.parseInt(cell);
  }

  private static Optional<String> positive(int number) {
    return number > 0 ? Optional.of(Integer.toString(number)) : Optional.empty();
  }

  /** The other colours share the sum of all numbers but this colour's equally. */
  private static Optional<String> colourSum(PatternScene scene) {
    List<String> colours = scene.rows("colours").getFirst();
    List<String> numbers = scene.rows("numbers").getFirst();
    int at = numbers.indexOf("?");
    if (at < 0) {
      return Optional.empty();
    }
    int own = 0;
    int others = 0;
    for (int i = 0; i < numbers.size(); i++) {
      if (i != at) {
        if (colours.get(i).equals(colours.get(at))) {
          own += value(numbers.get(i));
        } else {
          others += value(numbers.get(i));
        }
      }
    }
    int kinds = new TreeSet<>(colours).size() - 1;
    return kinds < 1 || others % kinds != 0 ? Optional.empty() : positive(others / kinds - own);
  }

  /** The rows' common sum is the mean of all complete rows. */
  private static Optional<String> rowSum(PatternScene scene) {
    List<List<String>> rows = scene.rows("numbers");
    int total = 0;
    int partial = UNKNOWN;
    for (List<String> row : rows) {
      int known = row.stream().filter(c -> !c.equals("?")).mapToInt(Integer::parseInt).sum();
      if (row.contains("?")) {
        partial = known;
      } else {
        total += known;
      }
    }
    int complete = rows.size() - 1;
    return partial == UNKNOWN || total % complete != 0
        ? Optional.empty()
        : positive(total / complete - partial);
  }

  /** A straight line through two cells of different kinds, or an equal kind's number. */
  private static Optional<String> straightLine(PatternScene scene, String kinds) {
    Map<Integer, Integer> known = new TreeMap<>();
    int asked = UNKNOWN;
    List<List<String>> rows = scene.rows("numbers");
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < rows.get(r).size(); c++) {
        int kind = value(scene.rows(kinds).get(r).get(c));
        if (rows.get(r).get(c).equals("?")) {
          asked = kind;
        } else {
          known.put(kind, value(rows.get(r).get(c)));
        }
      }
    }
    if (asked == UNKNOWN) {
      return Optional.empty();
    }
    Integer same = known.get(asked);
    if (same != null) {
      return positive(same);
    }
    if (known.size() < 2) {
      return Optional.empty();
    }
    List<Integer> ends = List.copyOf(known.keySet());
    int low = ends.getFirst();
    int high = ends.getLast();
    int base = known.getOrDefault(low, 0);
    int rise = known.getOrDefault(high, 0) - base;
    return rise % (high - low) != 0
        ? Optional.empty()
        : positive(base + rise / (high - low) * (asked - low));
  }

  /** For each operation that all complete triads obey, what the incomplete one must hold. */
  private static Optional<String> triads(PatternScene scene) {
    Set<Integer> answers = new TreeSet<>();
    for (char sign : new char[] {'*', '+', '-'}) {
      boolean obeyed = true;
      Set<Integer> found = new TreeSet<>();
      for (List<String> row : scene.rows("numbers")) {
        int a = value(row.get(0));
        int b = value(row.get(1));
        int c = value(row.get(2));
        if (c == UNKNOWN) {
          found.add(sign == '*' ? a * b : sign == '+' ? a + b : Math.max(a, b) - Math.min(a, b));
        } else if (a == UNKNOWN || b == UNKNOWN) {
          int other = a == UNKNOWN ? b : a;
          switch (sign) {
            case '*' -> found.add(c % other == 0 ? c / other : 0);
            case '+' -> found.add(c - other);
            default -> found.addAll(Set.of(other + c, other - c));
          }
        } else {
          obeyed &=
              switch (sign) {
                case '*' -> c % a == 0 && c / a == b;
                case '+' -> c - a == b;
                default -> a - b == c || b - a == c;
              };
        }
      }
      if (obeyed) {
        found.removeIf(number -> number < 1);
        answers.addAll(found);
      }
    }
    return answers.size() == 1 ? positive(answers.iterator().next()) : Optional.empty();
  }

  /** For sum and difference, walks to the missing number from either side and keeps what agrees. */
  private static Optional<String> chain(PatternScene scene) {
    List<String> circles = scene.rows("numbers").getFirst();
    List<String> overlaps = scene.rows("overlaps").getFirst();
    Set<Integer> answers = new TreeSet<>();
    for (int sign : new int[] {1, -1}) {
      boolean obeyed = true;
      Set<Integer> found = null;
      for (int i = 0; i < overlaps.size(); i++) {
        int a = value(circles.get(i));
        int b = value(circles.get(i + 1));
        int o = value(overlaps.get(i));
        Set<Integer> here;
        if (o == UNKNOWN) {
          here = Set.of(sign > 0 ? a + b : Math.max(a, b) - Math.min(a, b));
        } else if (a == UNKNOWN || b == UNKNOWN) {
          int other = a == UNKNOWN ? b : a;
          here = sign > 0 ? Set.of(o - other) : new TreeSet<>(List.of(other + o, other - o));
        } else {
          obeyed &= sign > 0 ? o - a == b : a - b == o || b - a == o;
          continue;
        }
        if (found == null) {
          found = new TreeSet<>(here);
        } else {
          found.retainAll(here);
        }
      }
      if (obeyed && found != null) {
        found.removeIf(number -> number < 1);
        answers.addAll(found);
      }
    }
    return answers.size() == 1 ? positive(answers.iterator().next()) : Optional.empty();
  }
}
