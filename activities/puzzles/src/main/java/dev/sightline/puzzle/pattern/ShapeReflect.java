package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shapes above a line and their mirror images below it. */
final class ShapeReflect extends Pattern {
  private static final int[] HALF = {1, 1, 2, 2, 3};
  private static final int[] COLUMNS = {2, 3, 4, 6, 6};

  ShapeReflect() {
    super(
        "shape_reflect",
        "rows of shapes above and below the line",
        "rows such as circle star/circle ?, from top to bottom",
        DifficultyScale.of(PatternMeasures.CELLS, 4, 6, 16, 24),
        Words.words(Words.SHAPES, Words.SHAPE_WORDS));
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
    int columns = COLUMNS[level - 1];
    List<List<String>> rows = new ArrayList<>();
    for (int r = 0; r < HALF[level - 1]; r++) {
      List<String> row = new ArrayList<>(chooser.some(Words.SHAPE_WORDS, Math.min(columns, 5)));
      while (row.size() < columns) {
        row.add(chooser.of(Words.SHAPE_WORDS));
      }
      rows.add(row);
    }
    rows.addAll(rows.reversed());
    return scene(
        Words.SHAPES,
        Tables.with(rows, chooser.below(rows.size()), chooser.below(columns), Words.MISSING));
  }

  @Override
  boolean fits(PatternScene scene) {
    return rectangle(scene, Words.SHAPES, 2, 8) && scene.rows(Words.SHAPES).size() % 2 == 0;
  }

  @Override
  List<String> candidates(PatternScene scene, Place missing) {
    return Words.SHAPE_WORDS;
  }

  @Override
  boolean holds(PatternScene filled, Question question) {
    List<List<String>> rows = filled.rows(Words.SHAPES);
    return rows.equals(rows.reversed());
  }

  @Override
  String ask(Place missing, Question question) {
    return "Shapes stand above and below a line. Which shape stands where follows one rule. Which"
        + " shape belongs where the question mark is? "
        + Words.SHAPE_ANSWER;
  }

  @Override
  String place(Place place) {
    return "row %d from the top, place %d from the left"
        .formatted(place.row() + 1, place.column() + 1);
  }

  @Override
  List<PatternScene> images(PatternScene scene) {
    return Tables.mirrored(scene, false);
  }

  @Override
  List<WrongAnswer> mistakes(PatternScene scene, Place missing, Question question) {
    List<List<String>> rows = scene.rows(Words.SHAPES);
    List<String> row = rows.get(missing.row());
    List<String> across = rows.get(rows.size() - 1 - missing.row());
    int last = row.size() - 1;
    return List.of(
        new WrongAnswer("turned-instead-of-mirrored", across.get(last - missing.column())),
        new WrongAnswer("wrong-column", across.get((missing.column() + 1) % (last + 1))),
        new WrongAnswer("mirrored-sideways", row.get(last - missing.column())));
  }

  @Override
  void paint(PatternScene scene, Brush brush) {
    List<List<String>> rows = scene.rows(Words.SHAPES);
    int columns = rows.getFirst().size();
    double cell = Math.min(0.94 / rows.size(), 1.0 / columns);
    double gap = 0.03;
    for (int r = 0; r < rows.size(); r++) {
      boolean below = r >= rows.size() / 2;
      for (int c = 0; c < columns; c++) {
        double u = 0.5 + (c - (columns - 1) / 2.0) * cell;
        double v = 0.5 + (r - (rows.size() - 1) / 2.0) * cell + (below ? gap : -gap);
        String shape = rows.get(r).get(c);
        if (shape.equals(Words.MISSING)) {
          brush.question(u, v, 0.45 * cell);
        } else {
          brush.shape(shape, u, v, 0.42 * cell, Brush.PLAIN, below);
        }
      }
    }
    brush.line(0, 0.5, 1, 0.5);
  }
}
