package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.description.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A chain of overlapping squares in red, yellow and blue; where two overlap, their colours mix. The
 * chain steps up or down from square to square.
 */
final class OverlapSquares extends Pattern {
  private static final List<String> BASE = List.of("red", "yellow", "blue");
  private static final List<String> MIXED = List.of("orange", "purple", "green");
  private static final int MOST = 7;

  OverlapSquares() {
    super(
        "color_overlap_squares",
        "chain of squares from left to right",
        "squares: red ? blue; overlaps: orange green; steps: up down (next square lies higher, lower)",
        DifficultyScale.of(PatternMeasures.CELLS, 3, 4, 5, 6),
        Words.words(Words.SQUARES, BASE),
        Words.words(Words.OVERLAPS, MIXED),
        Section.words(Words.STEPS, Set.of("up", "down")));
  }

  @Override
  List<String> asked() {
    return List.of(Words.SQUARES, Words.OVERLAPS);
  }

  /** The mix of two different base colours, or of one with itself that colour. */
  private static String mix(String one, String other) {
    if (one.equals(other)) {
      return one;
    }
    return switch (BASE.indexOf(one) + BASE.indexOf(other)) {
      case 1 -> "orange";
      case 2 -> "purple";
      default -> "green";
    };
  }

  @Override
  @Nullable PatternScene draw(int level, Chooser chooser) {
    int count = level + 2;
    List<String> squares = new ArrayList<>();
    List<String> overlaps = new ArrayList<>();
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> left = new ArrayList<>(BASE);
      if (i > 0) {
        left.remove(squares.getLast());
      }
      String next = chooser.of(left);
      if (i > 0) {
        overlaps.add(mix(squares.getLast(), next));
        steps.add(chooser.coin() ? "up" : "down");
      }
      squares.add(next);
    }
    int missing = chooser.below(2 * count - 1);
    if (missing < count) {
      squares.set(missing, Words.MISSING);
    } else {
      overlaps.set(missing - count, Words.MISSING);
    }
    return new PatternScene(
        Map.of(
            Words.SQUARES,
            Tables.row(squares),
            Words.OVERLAPS,
            Tables.row(overlaps),
            Words.STEPS,
            Tables.row(steps)));
  }

  @Override
  boolean fits(PatternScene scene) {
    return line(scene, Words.SQUARES, 2, MOST)
        && line(scene, Words.OVERLAPS, 1, MOST - 1)
        && alike(scene, Words.OVERLAPS, Words.STEPS)
        && scene.rows(Words.OVERLAPS).getFirst().size()
            == scene.rows(Words.SQUARES).getFirst().size() - 1;
  }

  @Override
  List<String> candidates(PatternScene scene, Place missing) {
    return missing.table().equals(Words.SQUARES) ? BASE : MIXED;
  }

  @Override
  boolean holds(PatternScene filled, Question question) {
    List<String> squares = filled.rows(Words.SQUARES).getFirst();
    List<String> overlaps = filled.rows(Words.OVERLAPS).getFirst();
    for (int i = 0; i < overlaps.size(); i++) {
      if (!overlaps.get(i).equals(mix(squares.get(i), squares.get(i + 1)))) {
        return false;
      }
    }
    return true;
  }

  @Override
  String ask(Place missing, Question question) {
    // The rule is named: the picture need not show the pair of colours that is asked for.
    return "Coloured squares overlap. Where two overlap, their colours mix as paints do. Which colour"
        + " belongs where the question mark is? Answer with one of: "
        + Words.listed(BASE)
        + ", "
        + Words.listed(MIXED)
        + ".";
  }

  @Override
  String place(Place place) {
    return place.table().equals(Words.SQUARES)
        ? "square %d, counting from the left".formatted(place.column() + 1)
        : "the place where squares %d and %d, counting from the left, overlap"
            .formatted(place.column() + 1, place.column() + 2);
  }

  @Override
  List<String> lookedAt() {
    return List.of(Words.SQUARES, Words.OVERLAPS);
  }

  @Override
  List<PatternScene> images(PatternScene scene) {
    PatternScene upsideDown = swapped(scene);
    PatternScene backwards = Tables.all(scene, Tables::flipColumns);
    // Read from the other end, a step up is a step down.
    return List.of(
        scene,
        upsideDown,
        swapped(backwards),
        Tables.all(upsideDown, Tables::flipColumns),
        backwards);
  }

  private static PatternScene swapped(PatternScene scene) {
    return Tables.replace(
        scene,
        Words.STEPS,
        Tables.row(
            scene.rows(Words.STEPS).getFirst().stream()
                .map(step -> step.equals("up") ? "down" : "up")
                .toList()));
  }

  @Override
  List<WrongAnswer> mistakes(PatternScene scene, Place missing, Question question) {
    List<String> squares = scene.rows(Words.SQUARES).getFirst();
    List<String> overlaps = scene.rows(Words.OVERLAPS).getFirst();
    int at = missing.column();
    List<WrongAnswer> wrong = new ArrayList<>();
    if (missing.table().equals(Words.SQUARES)) {
      wrong.add(
          new WrongAnswer("takes-the-overlap", overlaps.get(Math.min(at, overlaps.size() - 1))));
      wrong.add(new WrongAnswer("takes-the-overlap", overlaps.get(Math.max(0, at - 1))));
      wrong.add(
          new WrongAnswer(
              "alternates", squares.get(at < 2 ? at + 2 < squares.size() ? at + 2 : 0 : at - 2)));
    } else {
      wrong.add(new WrongAnswer("upper-square", squares.get(at + 1)));
      wrong.add(new WrongAnswer("lower-square", squares.get(at)));
    }
    BASE.forEach(colour -> wrong.add(new WrongAnswer("mixes-wrongly", colour)));
    MIXED.forEach(colour -> wrong.add(new WrongAnswer("mixes-wrongly", colour)));
    return wrong;
  }

  @Override
  void paint(PatternScene scene, Brush brush) {
    List<String> squares = scene.rows(Words.SQUARES).getFirst();
    List<String> overlaps = scene.rows(Words.OVERLAPS).getFirst();
    List<String> steps = scene.rows(Words.STEPS).getFirst();
    int count = squares.size();
    // Squares overlap by 40 % of their side along and across.
    double side = Math.min(0.44, 1 / (1 + 0.6 * (count - 1)));
    double step = 0.6 * side;
    double[] v = new double[count];
    double least = 0;
    double most = 0;
    for (int i = 1; i < count; i++) {
      v[i] = v[i - 1] + (steps.get(i - 1).equals("up") ? -step : step);
      least = Math.min(least, v[i]);
      most = Math.max(most, v[i]);
    }
    double shift = 0.5 - (least + most + side) / 2;
    double start = 0.5 - (side + step * (count - 1)) / 2;
    for (int i = 0; i < count; i++) {
      brush.box(start + i * step, v[i] + shift, side, side, brush.fill(squares.get(i)));
    }
    for (int i = 0; i + 1 < count; i++) {
      double u = start + (i + 1) * step;
      double w = Math.max(v[i], v[i + 1]) + shift;
      double overlap = side - step;
      brush.box(u, w, overlap, overlap, brush.fill(overlaps.get(i)));
      if (overlaps.get(i).equals(Words.MISSING)) {
        brush.question(u + overlap / 2, w + overlap / 2, overlap * 0.6);
      }
    }
    for (int i = 0; i < count; i++) {
      if (squares.get(i).equals(Words.MISSING)) {
        // In the corner that no overlap covers, or the middle band between two.
        Corner free = free(steps, i, count);
        brush.question(
            start + i * step + side * free.u(), v[i] + shift + side * free.v(), side * 0.22);
      }
    }
  }

  private record Corner(double u, double v) {}

  /** Where a square is free of both its overlaps, as shares of its side. */
  private static Corner free(List<String> steps, int square, int count) {
    boolean leftTop = square > 0 && steps.get(square - 1).equals("down");
    boolean rightTop = square + 1 < count && steps.get(square).equals("up");
    if (square == 0) {
      return new Corner(0.3, rightTop ? 0.7 : 0.3);
    }
    if (square + 1 == count) {
      return new Corner(0.7, leftTop ? 0.7 : 0.3);
    }
    if (leftTop == rightTop) {
      return new Corner(0.5, leftTop ? 0.7 : 0.3);
    }
    return new Corner(0.2, leftTop ? 0.8 : 0.2);
  }
}
