package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Answers patterns straight from what is known around the question mark: by symmetry, by counting,
 * by looking the kind up. The other solver tries every value against the whole picture.
 */
final class PatternReferenceSolver {
  private PatternReferenceSolver() {}

  static Optional<String> answer(String name, PatternScene scene, Question question) {
    return switch (name) {
      case "pattern.circle_size_number" -> lookup(scene, "numbers", "sizes");
      case "pattern.color_grid" -> mirrored(scene, "colours");
      case "pattern.size_grid" -> mirrored(scene, "sizes");
      case "pattern.color_hexagon" -> odd(scene, "colours");
      case "pattern.color_overlap_squares" -> mixture(scene);
      case "pattern.color_size_circle" -> shade(scene);
      case "pattern.grid_number_color" -> lookup(scene, "colours", "numbers");
      case "pattern.polygon_sides_color" -> lookup(scene, "colours", "sides");
      case "pattern.rectangle_height_color" -> lookup(scene, "colours", "lengths");
      case "pattern.shape_morph" -> otherEnd(scene);
      case "pattern.shape_reflect" -> acrossTheLine(scene);
      case "pattern.shape_size_grid" -> rarest(scene, "sizes");
      case "pattern.shape_size_hexagon" -> sizeOf(scene, question.text("shape"));
      case "pattern.size_cycle" -> commonest(scene, "sizes");
      default -> NumberReferenceSolver.answer(name, scene);
    };
  }

  /** Row and column of the only "?", or nothing. */
  static Optional<int[]> hole(List<List<String>> rows) {
    int[] found = null;
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < rows.get(r).size(); c++) {
        if (rows.get(r).get(c).equals("?")) {
          if (found != null) {
            return Optional.empty();
          }
          found = new int[] {r, c};
        }
      }
    }
    return Optional.ofNullable(found);
  }

  /** What another cell of the same kind has. */
  private static Optional<String> lookup(PatternScene scene, String asked, String kinds) {
    List<List<String>> values = scene.rows(asked);
    return hole(values)
        .flatMap(
            at -> {
              String kind = scene.rows(kinds).get(at[0]).get(at[1]);
              for (int r = 0; r < values.size(); r++) {
                for (int c = 0; c < values.get(r).size(); c++) {
                  boolean here = r == at[0] && c == at[1];
                  if (!here && scene.rows(kinds).get(r).get(c).equals(kind)) {
                    return Optional.of(values.get(r).get(c));
                  }
                }
              }
              return Optional.empty();
            });
  }

  /** What stands at a mirror image of the place, in any of the square's mirrors. */
  private static Optional<String> mirrored(PatternScene scene, String table) {
    List<List<String>> rows = scene.rows(table);
    int last = rows.size() - 1;
    return hole(rows)
        .flatMap(
            at -> {
              int r = at[0];
              int c = at[1];
              int[][] images = {{last - r, c}, {r, last - c}, {c, r}, {last - c, last - r}};
              for (int[] image : images) {
                if (image[0] != r || image[1] != c) {
                  return Optional.of(rows.get(image[0]).get(image[1]));
                }
              }
              return Optional.empty();
            });
  }

  /** The value that stands there an odd number of times: everything comes in pairs. */
  private static Optional<String> odd(PatternScene scene, String table) {
    List<String> odd =
        counts(scene.rows(table)).entrySet().stream()
            .filter(entry -> entry.getValue() % 2 == 1)
            .map(Map.Entry::getKey)
            .toList();
    return odd.size() == 1 ? Optional.of(odd.getFirst()) : Optional.empty();
  }

  private static Map<String, Integer> counts(List<List<String>> rows) {
    Map<String, Integer> counts = new TreeMap<>();
    rows.forEach(row -> row.forEach(cell -> counts.merge(cell, 1, Integer::sum)));
    counts.remove("?");
    return counts;
  }

  /** Paints as sets of primaries: a mixture is the union of its two paints. */
  private static final Map<String, Integer> PAINTS =
      Map.of("red", 1, "yellow", 2, "blue", 4, "orange", 3, "purple", 5, "green", 6);

  private static Optional<String> mixture(PatternScene scene) {
    List<String> squares = scene.rows("squares").getFirst();
    List<String> overlaps = scene.rows("overlaps").getFirst();
    int at = overlaps.indexOf("?");
    if (at >= 0) {
      return named(paint(squares.get(at)) | paint(squares.get(at + 1)));
    }
    at = squares.indexOf("?");
    if (at < 0) {
      return Optional.empty();
    }
    return at + 1 < squares.size()
        ? named(paint(overlaps.get(at)) & ~paint(squares.get(at + 1)))
        : named(paint(overlaps.get(at - 1)) & ~paint(squares.get(at - 1)));
  }

  private static int paint(String name) {
    return PAINTS.getOrDefault(name, 0);
  }

  private static Optional<String> named(int paints) {
    return PAINTS.entrySet().stream()
        .filter(entry -> entry.getValue() == paints)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The known shades of the nest lie on a straight line. */
  private static Optional<String> shade(PatternScene scene) {
    List<String> ladder = List.of("very-light", "light", "medium", "dark", "very-dark");
    List<List<String>> nests = scene.rows("shades");
    return hole(nests)
        .flatMap(
            at -> {
              List<String> nest = nests.get(at[0]);
              int one = at[1] == 0 ? 1 : 0;
              int other = at[1] == nest.size() - 1 ? nest.size() - 2 : nest.size() - 1;
              int first = ladder.indexOf(nest.get(one));
              int slope = (ladder.indexOf(nest.get(other)) - first) / (other - one);
              int step = first + slope * (at[1] - one);
              if (step < 0 || step >= ladder.size()) {
                return Optional.empty();
              }
              String hue = scene.rows("hues").getFirst().get(at[0]);
              return Optional.of(ladder.get(step).replace('-', ' ') + " " + hue);
            });
  }

  /** A shape in between names both ends. */
  private static Optional<String> otherEnd(PatternScene scene) {
    List<List<String>> rows = scene.rows("shapes");
    return hole(rows)
        .flatMap(
            at -> {
              List<String> row = rows.get(at[0]);
              String seen = at[1] == 0 ? row.getLast() : row.getFirst();
              List<String> ends = new ArrayList<>(List.of(row.get(1).split("-")));
              return ends.remove(seen) && ends.size() == 1
                  ? Optional.of(ends.getFirst())
                  : Optional.empty();
            });
  }

  private static Optional<String> acrossTheLine(PatternScene scene) {
    List<List<String>> rows = scene.rows("shapes");
    return hole(rows).map(at -> rows.get(rows.size() - 1 - at[0]).get(at[1]));
  }

  /** Every size stands there equally often, so that the missing one is the rarest. */
  private static Optional<String> rarest(PatternScene scene, String table) {
    return counts(scene.rows(table)).entrySet().stream()
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }

  private static Optional<String> sizeOf(PatternScene scene, String shape) {
    int at = scene.rows("shapes").getFirst().indexOf(shape);
    return at < 0 ? Optional.empty() : Optional.of(scene.rows("sizes").getFirst().get(at));
  }

  /** What most other arms have at the place. */
  private static Optional<String> commonest(PatternScene scene, String table) {
    List<List<String>> rows = scene.rows(table);
    return hole(rows)
        .flatMap(
            at -> {
              Map<String, Integer> counts = new TreeMap<>();
              rows.forEach(row -> counts.merge(row.get(at[1]), 1, Integer::sum));
              counts.remove("?");
              return counts.entrySet().stream()
                  .max(Comparator.comparing(Map.Entry::getValue))
                  .map(Map.Entry::getKey);
            });
  }
}
