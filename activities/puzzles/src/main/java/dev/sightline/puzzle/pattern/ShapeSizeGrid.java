package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shapes in a grid: along one direction the shape stays, along the other the size. */
final class ShapeSizeGrid extends Pattern {
  private static final int[] SIZES = {2, 3, 3, 4, 4};
  private static final int[] SHAPES = {2, 3, 4, 4, 6};

  ShapeSizeGrid() {
    super(
        "shape_size_grid",
        "grid of shapes",
        "sizes: rows such as small large/? large; shapes: rows such as star star/? circle",
        DifficultyScale.of(PatternMeasures.CELLS, 4, 9, 12, 16),
        Words.words(Words.SIZES, Words.SIZE_WORDS),
        Words.words(Words.SHAPES, Words.SHAPE_WORDS));
  }

  @Override
  List<String> asked() {
    return List.of(Words.SIZES);
  }

  @Override
  @Nullable PatternScene draw(int level, Chooser chooser) {
    List<String> sizes = chooser.shuffled(Words.sizes(SIZES[level - 1]));
    List<String> shapes = chooser.some(Words.SHAPE_WORDS, SHAPES[level - 1]);
    int row = chooser.below(shapes.size());
    int column = chooser.below(sizes.size());
    PatternScene scene =
        scene(
            Words.SIZES,
            Tables.with(
                Tables.grid(shapes.size(), sizes.size(), (r, c) -> sizes.get(c)),
                row,
                column,
                Words.MISSING),
            Words.SHAPES,
            Tables.with(
                Tables.grid(shapes.size(), sizes.size(), (r, c) -> shapes.get(r)),
                row,
                column,
                Words.MISSING));
    return chooser.coin() ? scene : Tables.all(scene, Tables::transposed);
  }

  @Override
  boolean fits(PatternScene scene) {
    return rectangle(scene, Words.SIZES, 2, 6) && alike(scene, Words.SIZES, Words.SHAPES);
  }

  @Override
  List<String> candidates(PatternScene scene, Place missing) {
    return Words.SIZE_WORDS;
  }

  @Override
  boolean holds(PatternScene filled, Question question) {
    List<List<String>> sizes = filled.rows(Words.SIZES);
    List<List<String>> shapes = filled.rows(Words.SHAPES);
    return (constantRows(shapes) && constantRows(Tables.transposed(sizes)))
        || (constantRows(sizes) && constantRows(Tables.transposed(shapes)));
  }

  /** Whether each row has one value, "?" left out, and different rows have different ones. */
  private static boolean constantRows(List<List<String>> table) {
    List<String> values = new ArrayList<>();
    for (List<String> row : table) {
      List<String> distinct =
          row.stream().filter(cell -> !cell.equals(Words.MISSING)).distinct().toList();
      if (distinct.size() != 1 || values.contains(distinct.getFirst())) {
        return false;
      }
      values.add(distinct.getFirst());
    }
    return true;
  }

  @Override
  String ask(Place missing, Question question) {
    return "Shapes of several sizes stand in a grid. Where each shape and each size stands follows"
        + " one rule. What size is the shape that belongs where the question mark is? "
        + Words.SIZE_ANSWER;
  }

  @Override
  String place(Place place) {
    return "the shape in row %d, column %d".formatted(place.row() + 1, place.column() + 1);
  }

  @Override
  List<PatternScene> images(PatternScene scene) {
    return Tables.mirrored(scene, true);
  }

  @Override
  List<WrongAnswer> mistakes(PatternScene scene, Place missing, Question question) {
    List<List<String>> sizes = scene.rows(Words.SIZES);
    int down = (missing.row() + 1) % sizes.size();
    int right = (missing.column() + 1) % sizes.getFirst().size();
    return List.of(
        new WrongAnswer("wrong-direction", sizes.get(missing.row()).get(right)),
        new WrongAnswer("wrong-direction", sizes.get(down).get(missing.column())),
        new WrongAnswer("diagonal", sizes.get(down).get(right)));
  }

  @Override
  void paint(PatternScene scene, Brush brush) {
    List<List<String>> sizes = scene.rows(Words.SIZES);
    int columns = sizes.getFirst().size();
    double cell = 1.0 / Math.max(sizes.size(), columns);
    for (int r = 0; r < sizes.size(); r++) {
      for (int c = 0; c < columns; c++) {
        double u = 0.5 + (c - (columns - 1) / 2.0) * cell;
        double v = 0.5 + (r - (sizes.size() - 1) / 2.0) * cell;
        String size = sizes.get(r).get(c);
        if (size.equals(Words.MISSING)) {
          brush.question(u, v, 0.4 * cell);
        } else {
          brush.shape(
              scene.rows(Words.SHAPES).get(r).get(c),
              u,
              v,
              PatternMeasures.size(size) * 0.46 * cell,
              Brush.PLAIN,
              false);
        }
      }
    }
  }
}
