package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows in which one shape turns into another by equal steps; an end of a row is missing. */
final class ShapeMorph extends Pattern {
  /** From row to row, in cells. */
  private static final double GAP = 1.12;

  /** Crosses are left out: halfway to others they look like stars. */
  private static final List<String> SHAPES =
      Words.SHAPE_WORDS.stream().filter(shape -> !shape.equals("cross")).toList();

  ShapeMorph() {
    super(
        "shape_morph",
        "rows of shapes",
        "rows such as circle circle-square circle-square ?, two names for one between",
        DifficultyScale.of(PatternMeasures.CELLS, 5, 7, 12, 24),
        Words.words(Words.SHAPES, vocabulary()));
  }

  private static List<String> vocabulary() {
    List<String> words = new ArrayList<>(SHAPES);
    for (String one : SHAPES) {
      for (String other : SHAPES) {
        if (one.compareTo(other) < 0) {
          words.add(between(one, other));
        }
      }
    }
    return words;
  }

  /** What a shape between two is called: both names, in the order of the alphabet. */
  private static String between(String one, String other) {
    return one.compareTo(other) < 0 ? one + "-" + other : other + "-" + one;
  }

  @Override
  int version() {
    return 2;
  }

  @Override
  List<String> asked() {
    return List.of(Words.SHAPES);
  }

  @Override
  @Nullable PatternScene draw(int level, Chooser chooser) {
    int count = level < 3 ? 1 : 2 * (level - 2);
    int length = level == 1 ? chooser.between(4, 5) : level == 2 ? chooser.between(6, 7) : 6;
    List<List<String>> rows = new ArrayList<>();
    Set<String> pairs = new HashSet<>();
    for (int r = 0; r < count; r++) {
      List<String> ends = chooser.some(SHAPES, 2);
      // Two rows between the same shapes would show what is missing.
      if (!pairs.add(between(ends.get(0), ends.get(1)))) {
        return null;
      }
      List<String> row = new ArrayList<>();
      row.add(ends.get(0));
      for (int i = 2; i < length; i++) {
        row.add(between(ends.get(0), ends.get(1)));
      }
      row.add(ends.get(1));
      rows.add(row);
    }
    return scene(
        Words.SHAPES,
        Tables.with(rows, chooser.below(count), chooser.coin() ? 0 : length - 1, Words.MISSING));
  }

  @Override
  boolean fits(PatternScene scene) {
    List<List<String>> rows = scene.rows(Words.SHAPES);
    return !rows.isEmpty()
        && rows.size() <= 6
        && rows.stream()
            .allMatch(
                row -> row.size() >= 3 && row.size() <= 9 && row.size() == rows.getFirst().size());
  }

  @Override
  List<String> candidates(PatternScene scene, Place missing) {
    return SHAPES;
  }

  @Override
  boolean holds(PatternScene filled, Question question) {
    for (List<String> row : filled.rows(Words.SHAPES)) {
      String first = row.getFirst();
      String last = row.getLast();
      String inner = between(first, last);
      if (first.equals(last) || !row.subList(1, row.size() - 1).stream().allMatch(inner::equals)) {
        return false;
      }
    }
    return true;
  }

  @Override
  String ask(Place missing, Question question) {
    return "In each row one shape turns into another, step by step. Which shape belongs where the"
        + " question mark is? Answer with one of: "
        + Words.listed(SHAPES)
        + ".";
  }

  @Override
  String place(Place place) {
    return "row %d, place %d from the left".formatted(place.row() + 1, place.column() + 1);
  }

  @Override
  boolean plain(String value) {
    return SHAPES.contains(value);
  }

  @Override
  List<PatternScene> images(PatternScene scene) {
    return Tables.mirrored(scene, false);
  }

  @Override
  List<WrongAnswer> mistakes(PatternScene scene, Place missing, Question question) {
    List<String> row = scene.rows(Words.SHAPES).get(missing.row());
    String seen = missing.column() == 0 ? row.getLast() : row.getFirst();
    List<WrongAnswer> wrong = new ArrayList<>();
    wrong.add(new WrongAnswer("other-end", seen));
    solve(scene, question)
        .ifPresent(
            right -> {
              int at = SHAPES.indexOf(right);
              wrong.add(new WrongAnswer("similar-shape", SHAPES.get((at + 1) % SHAPES.size())));
              wrong.add(
                  new WrongAnswer(
                      "similar-shape", SHAPES.get((at + SHAPES.size() - 1) % SHAPES.size())));
            });
    return wrong;
  }

  @Override
  void paint(PatternScene scene, Brush brush) {
    List<List<String>> rows = scene.rows(Words.SHAPES);
    int length = rows.getFirst().size();
    double cell = 1.0 / Math.max(length, GAP * rows.size());
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < length; c++) {
        String word = rows.get(r).get(c);
        double u = 0.5 + (c - (length - 1) / 2.0) * cell;
        double v = 0.5 + (r - (rows.size() - 1) / 2.0) * cell * GAP;
        double radius = 0.46 * cell;
        int middle = word.indexOf('-');
        if (word.equals(Words.MISSING)) {
          brush.question(u, v, 0.5 * cell);
        } else if (middle < 0) {
          brush.shape(word, u, v, radius, Brush.PLAIN, false);
        } else {
          String one = word.substring(0, middle);
          String other = word.substring(middle + 1);
          boolean forward =
              rows.get(r).getFirst().equals(one) || rows.get(r).getLast().equals(other);
          double share = (double) c / (length - 1);
          brush.polygon(
              Outlines.between(one, other, forward ? share : 1 - share, u, v, radius), Brush.PLAIN);
        }
      }
    }
  }
}
