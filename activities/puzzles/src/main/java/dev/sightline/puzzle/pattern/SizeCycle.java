package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.render.Polar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spiral arms of circles; in all arms the sizes follow one another alike from the middle outwards.
 * Colours distract.
 */
final class SizeCycle extends Pattern {
  /** Degrees by which an arm turns from circle to circle. */
  private static final double TWIST = 24;

  /** How far from a question mark's middle threads end. */
  private static final double CLEAR = 0.045;

  SizeCycle() {
    super(
        "size_cycle",
        "spiral arms, from the middle outwards, a row for each arm clockwise,",
        "sizes: rows such as small ? large; colours: rows such as red blue red, or nothing",
        DifficultyScale.of(PatternMeasures.LOAD, 15, 21, 27, 36),
        Words.words(Words.SIZES, Words.SIZE_WORDS),
        Words.words(Words.COLOURS, Words.COLOUR_WORDS));
  }

  @Override
  List<String> asked() {
    return List.of(Words.SIZES);
  }

  @Override
  @Nullable PatternScene draw(int level, Chooser chooser) {
    int arms =
        switch (level) {
          case 1 -> chooser.between(2, 4);
          case 2 -> 3;
          case 3, 4 -> 4;
          default -> 6;
        };
    int length = level < 4 ? 3 : 4;
    List<String> sizes = chooser.shuffled(Words.sizes(length));
    int row = chooser.below(arms);
    int column = chooser.below(length);
    List<List<String>> shown =
        Tables.with(Tables.grid(arms, length, (r, c) -> sizes.get(c)), row, column, Words.MISSING);
    if (level == 1) {
      return scene(Words.SIZES, shown, Words.COLOURS, List.of());
    }
    List<String> inks = chooser.some(Words.COLOUR_WORDS, 3);
    return scene(
        Words.SIZES,
        shown,
        Words.COLOURS,
        Tables.with(
            Tables.grid(arms, length, (r, c) -> chooser.of(inks)), row, column, Words.MISSING));
  }

  @Override
  boolean fits(PatternScene scene) {
    return rectangle(scene, Words.SIZES, 2, 8)
        && scene.rows(Words.SIZES).getFirst().size() <= 4
        && (scene.rows(Words.COLOURS).isEmpty() || alike(scene, Words.SIZES, Words.COLOURS));
  }

  @Override
  List<String> candidates(PatternScene scene, Place missing) {
    return Words.SIZE_WORDS;
  }

  @Override
  boolean holds(PatternScene filled, Question question) {
    return filled.rows(Words.SIZES).stream().distinct().count() == 1;
  }

  @Override
  String ask(Place missing, Question question) {
    return "Circles form the arms of a spiral. The sizes in the arms follow one rule; colours do not"
        + " matter. What size is the circle that belongs where the question mark is? "
        + Words.SIZE_ANSWER;
  }

  @Override
  String place(Place place) {
    return "circle %d of arm %d, counting circles from the middle, and arms clockwise from the one"
            .formatted(place.column() + 1, place.row() + 1)
        + " whose innermost circle is at the top";
  }

  @Override
  List<PatternScene> images(PatternScene scene) {
    List<PatternScene> images = new ArrayList<>();
    int arms = scene.rows(Words.SIZES).size();
    for (int shift = 0; shift < arms; shift++) {
      int by = shift;
      images.add(
          Tables.all(
              scene,
              table -> {
                List<List<String>> turned = new ArrayList<>(table);
                Collections.rotate(turned, by);
                return turned;
              }));
    }
    return images;
  }

  @Override
  List<WrongAnswer> mistakes(PatternScene scene, Place missing, Question question) {
    List<List<String>> arms = scene.rows(Words.SIZES);
    List<String> next = arms.get((missing.row() + 1) % arms.size());
    int length = next.size();
    return List.of(
        new WrongAnswer("one-further-out", next.get((missing.column() + 1) % length)),
        new WrongAnswer("one-further-in", next.get((missing.column() + length - 1) % length)),
        new WrongAnswer("reversed-arm", next.get(length - 1 - missing.column())));
  }

  @Override
  void paint(PatternScene scene, Brush brush) {
    List<List<String>> arms = scene.rows(Words.SIZES);
    int length = arms.getFirst().size();
    double inner = length == 3 ? 0.15 : 0.13;
    double step = length == 3 ? 0.135 : 0.1;
    double largest = arms.size() > 4 ? 0.058 : length == 3 ? 0.085 : 0.06;
    for (int a = 0; a < arms.size(); a++) {
      double first = 270 + 360.0 * a / arms.size();
      for (int i = 0; i + 1 < length; i++) {
        double from = first + i * TWIST;
        double here = inner + i * step;
        double next = here + step;
        double u1 = Polar.x(0.5, here, from);
        double v1 = Polar.y(0.5, here, from);
        double u2 = Polar.x(0.5, next, from + TWIST);
        double v2 = Polar.y(0.5, next, from + TWIST);
        // Threads end before the question mark; a cleared disc would look like a circle of a size.
        double gap = CLEAR / StrictMath.hypot(u2 - u1, v2 - v1);
        double begin = arms.get(a).get(i).equals(Words.MISSING) ? gap : 0;
        double end = arms.get(a).get(i + 1).equals(Words.MISSING) ? 1 - gap : 1;
        brush.thread(
            u1 + begin * (u2 - u1),
            v1 + begin * (v2 - v1),
            u1 + end * (u2 - u1),
            v1 + end * (v2 - v1));
      }
      for (int i = 0; i < length; i++) {
        double angle = first + i * TWIST;
        double u = Polar.x(0.5, inner + i * step, angle);
        double v = Polar.y(0.5, inner + i * step, angle);
        String size = arms.get(a).get(i);
        if (size.equals(Words.MISSING)) {
          brush.question(u, v, 0.07);
        } else {
          List<List<String>> inks = scene.rows(Words.COLOURS);
          brush.circle(
              u,
              v,
              largest * PatternMeasures.size(size) * (length == 3 ? 1.2 : 1),
              inks.isEmpty() ? Brush.PLAIN : brush.fill(inks.get(a).get(i)));
        }
      }
    }
  }
}
