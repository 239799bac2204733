package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.description.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Circles in a square grid whose colour, or size, depends on how many steps they lie from the
 * middle: corners, edges and centre of three rows. In size grids colours may distract.
 */
final class RingGrid extends Pattern {
  private static final int LARGEST = 6;

  private final boolean sized;

  private RingGrid(boolean sized, DifficultyScale scale, String name, Section... sections) {
    super(
        name,
        "grid of circles",
        sized
            ? "sizes: rows such as small ? small; colours: rows such as red blue red, or nothing"
            : "rows such as red blue red/blue ? blue/red blue red",
        scale,
        sections);
    this.sized = sized;
  }

  static RingGrid colours() {
    return new RingGrid(
        false,
        DifficultyScale.of(PatternMeasures.LOAD, 11, 12, 19, 30),
        "color_grid",
        Words.words(Words.COLOURS, Words.COLOUR_WORDS));
  }

  static RingGrid sizes() {
    return new RingGrid(
        true,
        DifficultyScale.of(PatternMeasures.LOAD, 12, 21, 35, 54),
        "size_grid",
        Words.words(Words.SIZES, Words.SIZE_WORDS),
        Words.words(Words.COLOURS, Words.COLOUR_WORDS));
  }

  private String table() {
    return sized ? Words.SIZES : Words.COLOURS;
  }

  private List<String> vocabulary() {
    return sized ? Words.SIZE_WORDS : Words.COLOUR_WORDS;
  }

  @Override
  List<String> asked() {
    return List.of(table());
  }

  /** Twice the steps from the middle. */
  private static int steps(int side, int row, int column) {
    return Math.abs(2 * row - side + 1) + Math.abs(2 * column - side + 1);
  }

  @Override
  @Nullable PatternScene draw(int level, Chooser chooser) {
    int side = Math.max(3, level + 1);
    int classes = side % 2 == 1 ? side : side - 1;
    List<String> values = sized ? sizeValues(classes, chooser) : colourValues(level, chooser);
    int middle = side % 2 == 1 ? 0 : 2;
    List<List<String>> rows =
        Tables.grid(side, side, (r, c) -> values.get((steps(side, r, c) - middle) / 2));
    int place = chooser.below(side * side);
    int row = place / side;
    int column = place % side;
    if (steps(side, row, column) == 0) {
      return null;
    }
    rows = Tables.with(rows, row, column, Words.MISSING);
    if (!sized) {
      return scene(Words.COLOURS, rows);
    }
    List<String> inks = level == 1 ? List.of() : chooser.some(Words.COLOUR_WORDS, 3);
    return scene(
        Words.SIZES,
        rows,
        Words.COLOURS,
        inks.isEmpty()
            ? List.of()
            : Tables.with(
                Tables.grid(side, side, (r, c) -> chooser.of(inks)), row, column, Words.MISSING));
  }

  private static List<String> colourValues(int level, Chooser chooser) {
    if (level == 1) {
      List<String> two = chooser.some(Words.COLOUR_WORDS, 2);
      return List.of(two.get(0), two.get(1), two.get(0));
    }
    return chooser.some(Words.COLOUR_WORDS, level < 4 ? 3 : 5);
  }

  /** Neighbouring classes differ. */
  private static List<String> sizeValues(int classes, Chooser chooser) {
    if (classes == 3) {
      return chooser.shuffled(Words.sizes(3));
    }
    // All four are seen, so that their names are certain; one of them twice, not side by side.
    List<String> values = new ArrayList<>(chooser.shuffled(Words.sizes(4)));
    int at = chooser.below(classes);
    List<String> left = new ArrayList<>(Words.sizes(4));
    if (at > 0) {
      left.remove(values.get(at - 1));
    }
    if (at < values.size()) {
      left.remove(values.get(at));
    }
    values.add(at, chooser.of(left));
    return values;
  }

  @Override
  boolean fits(PatternScene scene) {
    List<List<String>> rows = scene.rows(table());
    return rectangle(scene, table(), 3, LARGEST)
        && rows.size() == rows.getFirst().size()
        && (scene.rows(Words.COLOURS).isEmpty() || alike(scene, table(), Words.COLOURS));
  }

  @Override
  List<String> candidates(PatternScene scene, Place missing) {
    return vocabulary();
  }

  @Override
  boolean holds(PatternScene filled, Question question) {
    List<List<String>> rows = filled.rows(table());
    Map<Integer, String> byDistance = new HashMap<>();
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < rows.size(); c++) {
        String value = rows.get(r).get(c);
        String other = byDistance.putIfAbsent(steps(rows.size(), r, c), value);
        if (other != null && !other.equals(value)) {
          return false;
        }
      }
    }
    return !(sized && byDistance.size() == 1);
  }

  @Override
  String ask(Place missing, Question question) {
    return sized
        ? "Circles stand in a grid. Where each size stands follows one rule; colours do not matter."
            + " What size is the circle that belongs where the question mark is? "
            + Words.SIZE_ANSWER
        : "Circles stand in a grid. Where each colour stands follows one rule. What colour is the"
            + " circle with the question mark? "
            + Words.COLOUR_ANSWER;
  }

  @Override
  String place(Place place) {
    return "the circle in row %d, column %d".formatted(place.row() + 1, place.column() + 1);
  }

  @Override
  List<PatternScene> images(PatternScene scene) {
    return Tables.mirrored(scene, true);
  }

  @Override
  List<WrongAnswer> mistakes(PatternScene scene, Place missing, Question question) {
    List<List<String>> rows = scene.rows(table());
    int side = rows.size();
    return List.of(
        new WrongAnswer("centre", rows.get(side / 2).get(side / 2)),
        new WrongAnswer("one-step-off", rows.get((missing.row() + 1) % side).get(missing.column())),
        new WrongAnswer("corner", rows.getFirst().getFirst()));
  }

  @Override
  void paint(PatternScene scene, Brush brush) {
    List<List<String>> rows = scene.rows(table());
    int side = rows.size();
    double cell = 1.0 / side;
    for (int r = 0; r < side; r++) {
      for (int c = 0; c < side; c++) {
        String value = rows.get(r).get(c);
        double u = (c + 0.5) * cell;
        double v = (r + 0.5) * cell;
        if (value.equals(Words.MISSING)) {
          if (!sized) {
            brush.circle(u, v, 0.42 * cell, Brush.EMPTY);
          }
          brush.question(u, v, 0.3 * cell);
        } else if (sized) {
          List<List<String>> inks = scene.rows(Words.COLOURS);
          int fill = inks.isEmpty() ? Brush.PLAIN : brush.fill(inks.get(r).get(c));
          brush.circle(u, v, PatternMeasures.size(value) * 0.47 * cell, fill);
        } else {
          brush.circle(u, v, 0.42 * cell, brush.fill(value));
        }
      }
    }
  }
}
