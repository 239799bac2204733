package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.description.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Circles inside circles in shades of one hue, which get lighter or darker step by step. */
final class NestedCircles extends Pattern {
  static final List<String> STEPS = List.of("very-light", "light", "medium", "dark", "very-dark");
  static final List<String> TINTS = Words.COLOUR_WORDS.subList(0, 6);
  private static final int MOST_GROUPS = 4;
  private static final int[] GROUPS = {1, 1, 2, 3, 4};

  NestedCircles() {
    super(
        "color_size_circle",
        "nested circles, largest first, a row for each nest,",
        "shades: very-light light ? dark; hues: red",
        DifficultyScale.of(PatternMeasures.CELLS, 3, 4, 6, 12),
        Words.words(Words.SHADES, STEPS),
        Section.words(Words.HUES, Set.copyOf(TINTS)));
  }

  @Override
  List<String> asked() {
    return List.of(Words.SHADES);
  }

  @Override
  @Nullable PatternScene draw(int level, Chooser chooser) {
    int groups = GROUPS[level - 1];
    int rings = level == 1 || level == 3 ? 3 : 4;
    List<List<String>> shades = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      int start = chooser.between(0, STEPS.size() - rings);
      List<String> row = STEPS.subList(start, start + rings);
      shades.add(chooser.coin() ? row : row.reversed());
    }
    List<String> hues = chooser.some(TINTS, groups);
    return scene(
        Words.SHADES,
        Tables.with(shades, chooser.below(groups), chooser.below(rings), Words.MISSING),
        Words.HUES,
        Tables.row(hues));
  }

  @Override
  boolean fits(PatternScene scene) {
    List<List<String>> shades = scene.rows(Words.SHADES);
    return line(scene, Words.HUES, 1, MOST_GROUPS)
        && shades.size() == scene.rows(Words.HUES).getFirst().size()
        && shades.stream().allMatch(row -> row.size() >= 3 && row.size() <= STEPS.size());
  }

  @Override
  List<String> candidates(PatternScene scene, Place missing) {
    return STEPS;
  }

  @Override
  boolean holds(PatternScene filled, Question question) {
    for (List<String> row : filled.rows(Words.SHADES)) {
      int step = STEPS.indexOf(row.get(1)) - STEPS.indexOf(row.get(0));
      if (Math.abs(step) != 1) {
        return false;
      }
      for (int i = 2; i < row.size(); i++) {
        if (STEPS.indexOf(row.get(i)) - STEPS.indexOf(row.get(i - 1)) != step) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  String answer(PatternScene scene, String value) {
    return phrase(value, hueOfMissing(scene));
  }

  private static String phrase(String shade, String hue) {
    return shade.replace('-', ' ') + " " + hue;
  }

  private static String hueOfMissing(PatternScene scene) {
    List<List<String>> shades = scene.rows(Words.SHADES);
    for (int g = 0; g < shades.size(); g++) {
      if (shades.get(g).contains(Words.MISSING)) {
        return scene.rows(Words.HUES).getFirst().get(g);
      }
    }
    throw new IllegalArgumentException("nothing is missing");
  }

  @Override
  String ask(Place missing, Question question) {
    return "Circles lie inside one another. From circle to circle their shade changes by one step."
        + " The shades of a colour, in order: very light, light, medium, dark, very dark; medium is"
        + " the pure colour. What shade and colour is the circle with the question mark? The"
        + " colours are "
        + Words.listed(TINTS)
        + ". Answer such as: very light red.";
  }

  @Override
  String place(Place place) {
    return place.table().equals(Words.HUES)
        ? "nest %d of circles, counting by rows".formatted(place.column() + 1)
        : "circle %d of nest %d, counting circles from the outside and nests by rows"
            .formatted(place.column() + 1, place.row() + 1);
  }

  @Override
  List<String> lookedAt() {
    return List.of(Words.HUES);
  }

  @Override
  List<PatternScene> images(PatternScene scene) {
    // Nests may change places.
    List<List<String>> nests = new ArrayList<>();
    for (int g = 0; g < scene.rows(Words.SHADES).size(); g++) {
      List<String> nest = new ArrayList<>(scene.rows(Words.SHADES).get(g));
      nest.add(scene.rows(Words.HUES).getFirst().get(g));
      nests.add(nest);
    }
    List<List<String>> sorted = Tables.sortedRows(nests);
    return List.of(
        scene(
            Words.SHADES,
            sorted.stream().map(nest -> nest.subList(0, nest.size() - 1)).toList(),
            Words.HUES,
            Tables.row(sorted.stream().map(List::getLast).toList())));
  }

  @Override
  List<WrongAnswer> mistakes(PatternScene scene, Place missing, Question question) {
    List<String> row = scene.rows(Words.SHADES).get(missing.row());
    String hue = hueOfMissing(scene);
    int at = missing.column();
    List<WrongAnswer> wrong = new ArrayList<>();
    for (int other : new int[] {at - 1, at + 1}) {
      if (other >= 0 && other < row.size()) {
        wrong.add(new WrongAnswer("neighbour", phrase(row.get(other), hue)));
      }
    }
    List<String> turned = row.reversed();
    String mirrored = turned.get(at).equals(Words.MISSING) ? "medium" : turned.get(at);
    wrong.add(new WrongAnswer("wrong-direction", phrase(mirrored, hue)));
    String otherHue = TINTS.get((TINTS.indexOf(hue) + 1 + at) % TINTS.size());
    solve(scene, question)
        .ifPresent(
            right ->
                wrong.add(
                    new WrongAnswer(
                        "wrong-hue",
                        right.substring(0, right.length() - hue.length()) + otherHue)));
    wrong.add(new WrongAnswer("wrong-direction-and-hue", phrase(mirrored, otherHue)));
    return wrong;
  }

  @Override
  void paint(PatternScene scene, Brush brush) {
    List<List<String>> shades = scene.rows(Words.SHADES);
    int groups = shades.size();
    double largest = groups == 1 ? 0.48 : 0.235;
    for (int g = 0; g < groups; g++) {
      double u = groups == 1 || (groups == 3 && g == 2) ? 0.5 : g % 2 == 0 ? 0.25 : 0.75;
      double v = groups == 1 || groups == 2 ? 0.5 : g < 2 ? 0.25 : 0.75;
      List<String> row = shades.get(g);
      String hue = scene.rows(Words.HUES).getFirst().get(g);
      int rings = row.size();
      double width = largest / rings;
      for (int i = 0; i < rings; i++) {
        int shade = STEPS.indexOf(row.get(i));
        double radius = largest - i * width;
        brush.circle(u, v, radius, shade < 0 ? Brush.EMPTY : brush.shade(hue, shade));
      }
      for (int i = 0; i < rings; i++) {
        if (row.get(i).equals(Words.MISSING)) {
          double away = i == rings - 1 ? 0 : largest - (i + 0.5) * width;
          brush.question(u, v - away, Math.min(0.09, width * 0.62));
        }
      }
    }
  }
}
