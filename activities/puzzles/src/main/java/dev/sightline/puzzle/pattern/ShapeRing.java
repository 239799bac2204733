package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.render.Polar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shapes in a ring, each shape in a size of its own, and a question mark in the middle. The
 * question says which shape it stands for.
 */
final class ShapeRing extends Pattern {
  static final String SHAPE = "shape";
  private static final int MOST = 14;

  ShapeRing() {
    super(
        "shape_size_hexagon",
        "ring of shapes, clockwise from the top,",
        "sizes: such as small large; shapes: such as star circle; centre: ?",
        DifficultyScale.of(PatternMeasures.CELLS, 5, 7, 9, 11),
        dev.sightline.puzzle.description.Section.words(
            Words.SIZES, java.util.Set.copyOf(Words.SIZE_WORDS)),
        dev.sightline.puzzle.description.Section.words(
            Words.SHAPES, java.util.Set.copyOf(Words.SHAPE_WORDS)),
        Words.words(Words.CENTRE, Words.SIZE_WORDS).givenAway());
  }

  @Override
  List<String> asked() {
    return List.of(Words.CENTRE);
  }

  @Override
  @Nullable PatternScene draw(int level, Chooser chooser) {
    int kinds = level + 1;
    List<String> shapes = chooser.some(Words.SHAPE_WORDS, kinds);
    List<String> sizes = new ArrayList<>(Words.sizes(Math.min(kinds, 4)));
    while (sizes.size() < kinds) {
      sizes.add(chooser.of(Words.SIZE_WORDS));
    }
    List<String> drawn = chooser.shuffled(sizes);
    List<Integer> twice = new ArrayList<>();
    for (int i = 0; i < 2 * kinds; i++) {
      twice.add(i % kinds);
    }
    // The original repeats its three shapes in turn; more of them stand as they fall.
    List<Integer> order = level < 3 ? twice : chooser.shuffled(twice);
    return new PatternScene(
        Map.of(
            Words.SHAPES,
            Tables.row(order.stream().map(shapes::get).toList()),
            Words.SIZES,
            Tables.row(order.stream().map(drawn::get).toList()),
            Words.CENTRE,
            Tables.row(List.of(Words.MISSING))));
  }

  @Override
  Question question(PatternScene scene, Chooser chooser) {
    List<String> kinds = scene.rows(Words.SHAPES).getFirst().stream().distinct().toList();
    return super.question(scene, chooser).with(SHAPE, chooser.of(kinds));
  }

  @Override
  boolean fits(PatternScene scene) {
    return line(scene, Words.SHAPES, 2, MOST)
        && alike(scene, Words.SHAPES, Words.SIZES)
        && line(scene, Words.CENTRE, 1, 1);
  }

  @Override
  List<String> candidates(PatternScene scene, Place missing) {
    return Words.SIZE_WORDS;
  }

  @Override
  boolean holds(PatternScene filled, Question question) {
    Map<String, String> sizeOf = new HashMap<>();
    sizeOf.put(question.text(SHAPE), filled.rows(Words.CENTRE).getFirst().getFirst());
    List<String> shapes = filled.rows(Words.SHAPES).getFirst();
    for (int i = 0; i < shapes.size(); i++) {
      String size = filled.rows(Words.SIZES).getFirst().get(i);
      String other = sizeOf.putIfAbsent(shapes.get(i), size);
      if (other != null && !other.equals(size)) {
        return false;
      }
    }
    return true;
  }

  @Override
  String ask(Place missing, Question question) {
    return "Shapes of several sizes stand in a ring. Shapes and sizes belong together by one rule. In"
        + " the middle, where the question mark is, belongs a "
        + question.text(SHAPE)
        + ". What size is it? "
        + Words.SIZE_ANSWER;
  }

  @Override
  String place(Place place) {
    return place.column() == 0
        ? "the shape at the top of the ring"
        : "shape %d, counting clockwise with the one at the top as shape 1"
            .formatted(place.column() + 1);
  }

  @Override
  List<PatternScene> images(PatternScene scene) {
    return Tables.ring(scene, scene.rows(Words.SHAPES).getFirst().size());
  }

  @Override
  List<WrongAnswer> mistakes(PatternScene scene, Place missing, Question question) {
    List<String> shapes = scene.rows(Words.SHAPES).getFirst();
    List<String> sizes = scene.rows(Words.SIZES).getFirst();
    int at = shapes.indexOf(question.text(SHAPE));
    return List.of(
        new WrongAnswer("next-shape", sizes.get((at + 1) % sizes.size())),
        new WrongAnswer("previous-shape", sizes.get((at + sizes.size() - 1) % sizes.size())),
        new WrongAnswer("top-of-the-ring", sizes.getFirst()),
        new WrongAnswer("all-sizes", "medium"));
  }

  @Override
  void paint(PatternScene scene, Brush brush) {
    List<String> shapes = scene.rows(Words.SHAPES).getFirst();
    List<String> sizes = scene.rows(Words.SIZES).getFirst();
    int count = shapes.size();
    double largest = Brush.ringRadius(count);
    double reach = 0.5 - largest;
    for (int i = 0; i < count; i++) {
      double angle = 270 + 360.0 * i / count;
      brush.shape(
          shapes.get(i),
          Polar.x(0.5, reach, angle),
          Polar.y(0.5, reach, angle),
          PatternMeasures.size(sizes.get(i)) * largest,
          Brush.PLAIN,
          false);
    }
    brush.question(0.5, 0.5, 0.09);
  }
}
