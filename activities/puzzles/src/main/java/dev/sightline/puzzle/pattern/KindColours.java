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
 * Cells of several kinds whose kind decides the colour: equal numbers in a grid, polygons with as
 * many sides, bars of one length.
 */
final class KindColours extends Pattern {
  private final Layout layout;

  /** How the cells lie and what makes their kind. */
  enum Layout {
    NUMBER_GRID(Words.NUMBERS, List.of(2, 4, 5, 6, 8)),
    POLYGONS(Words.SIDES, List.of(2, 3, 4, 5, 6)),
    BARS(Words.LENGTHS, List.of(2, 3, 4, 5, 6));

    private final String kinds;
    private final List<Integer> kindsByLevel;

    Layout(String kinds, List<Integer> kindsByLevel) {
      this.kinds = kinds;
      this.kindsByLevel = kindsByLevel;
    }
  }

  private KindColours(
      Layout layout,
      String name,
      String subject,
      String hint,
      DifficultyScale scale,
      Section kinds) {
    super(name, subject, hint, scale, Words.words(Words.COLOURS, Words.COLOUR_WORDS), kinds);
    this.layout = layout;
  }

  static KindColours grid() {
    return new KindColours(
        Layout.NUMBER_GRID,
        "grid_number_color",
        "grid of numbered cells",
        "colours: rows such as red ?/blue red; numbers: rows such as 3 7/7 3",
        DifficultyScale.of(PatternMeasures.CELLS, 6, 9, 16, 25),
        Section.numbers(Words.NUMBERS, 1, 99));
  }

  static KindColours polygons() {
    return new KindColours(
        Layout.POLYGONS,
        "polygon_sides_color",
        "triangle of polygons",
        "colours: rows such as red/? blue; sides: rows such as 3/5 5",
        DifficultyScale.of(PatternMeasures.LOAD, 14, 15, 24, 35),
        Section.numbers(Words.SIDES, Polygons.LEAST, Polygons.GREATEST));
  }

  static KindColours bars() {
    return new KindColours(
        Layout.BARS,
        "rectangle_height_color",
        "row of bars",
        "colours: such as red ? blue; lengths: such as 1 3 2, 1 shortest",
        DifficultyScale.of(PatternMeasures.CELLS, 5, 7, 9, 11),
        Section.numbers(Words.LENGTHS, 1, Bars.LONGEST));
  }

  @Override
  List<String> asked() {
    return List.of(Words.COLOURS);
  }

  @Override
  @Nullable PatternScene draw(int level, Chooser chooser) {
    int count = layout.kindsByLevel.get(level - 1);
    int cells =
        switch (layout) {
          case NUMBER_GRID -> level == 1 ? 6 : (level + 1) * (level + 1);
          case POLYGONS -> Math.max(3, level + 1) * (Math.max(3, level + 1) + 1) / 2;
          case BARS -> level == 1 ? 4 : 2 * level + 3;
        };
    List<String> kinds =
        switch (layout) {
          case NUMBER_GRID -> chooser.some(upTo(level < 4 ? 9 : 20), count);
          case POLYGONS -> chooser.some(Polygons.SIDES, count);
          case BARS -> upTo(count);
        };
    List<String> dealt = new ArrayList<>();
    for (int i = 0; i < cells; i++) {
      dealt.add(i < 2 * kinds.size() ? kinds.get(i % kinds.size()) : chooser.of(kinds));
    }
    List<String> order = chooser.shuffled(dealt);
    List<String> inks = chooser.some(Words.COLOUR_WORDS, kinds.size());
    List<String> colours =
        new ArrayList<>(order.stream().map(kind -> inks.get(kinds.indexOf(kind))).toList());
    colours.set(chooser.below(cells), Words.MISSING);
    return scene(Words.COLOURS, arranged(colours), layout.kinds, arranged(order));
  }

  private List<List<String>> arranged(List<String> cells) {
    return switch (layout) {
      case NUMBER_GRID -> {
        int columns = (int) Math.ceil(Math.sqrt(cells.size()));
        yield Tables.grid(cells.size() / columns, columns, (r, c) -> cells.get(r * columns + c));
      }
      case POLYGONS -> Tables.triangle(cells);
      case BARS -> Tables.row(cells);
    };
  }

  @Override
  boolean fits(PatternScene scene) {
    return alike(scene, Words.COLOURS, layout.kinds)
        && switch (layout) {
          case NUMBER_GRID -> rectangle(scene, Words.COLOURS, 2, 6);
          case POLYGONS -> Polygons.fits(scene.rows(Words.COLOURS));
          case BARS -> line(scene, Words.COLOURS, 3, Bars.MOST);
        };
  }

  @Override
  List<String> candidates(PatternScene scene, Place missing) {
    return Words.COLOUR_WORDS;
  }

  @Override
  boolean holds(PatternScene filled, Question question) {
    Map<String, String> colourOf = new HashMap<>();
    Map<String, String> kindOf = new HashMap<>();
    List<List<String>> colours = filled.rows(Words.COLOURS);
    List<List<String>> kinds = filled.rows(layout.kinds);
    for (int r = 0; r < colours.size(); r++) {
      for (int c = 0; c < colours.get(r).size(); c++) {
        String colour = colours.get(r).get(c);
        String kind = kinds.get(r).get(c);
        String other = colourOf.putIfAbsent(kind, colour);
        String same = kindOf.putIfAbsent(colour, kind);
        if ((other != null && !other.equals(colour)) || (same != null && !same.equals(kind))) {
          return false;
        }
      }
    }
    // Of a kind that stands nowhere else, nothing is known: then several colours hold.
    return true;
  }

  @Override
  String ask(Place missing, Question question) {
    return switch (layout) {
          case NUMBER_GRID ->
              "Coloured cells of a grid hold numbers. Numbers and colours belong together by one"
                  + " rule. What colour is the cell with the question mark? ";
          case POLYGONS ->
              "Coloured polygons stand in rows. Their shapes and colours belong together by one"
                  + " rule. What colour is the polygon with the question mark? ";
          case BARS ->
              "Coloured bars stand side by side. Their lengths and colours belong together by one"
                  + " rule. What colour is the bar with the question mark? ";
        }
        + Words.COLOUR_ANSWER;
  }

  @Override
  String place(Place place) {
    return switch (layout) {
      case NUMBER_GRID ->
          "the cell in row %d, column %d".formatted(place.row() + 1, place.column() + 1);
      case POLYGONS -> Polygons.place(place);
      case BARS -> Bars.place(place);
    };
  }

  @Override
  List<PatternScene> images(PatternScene scene) {
    return switch (layout) {
      case NUMBER_GRID -> Tables.mirrored(scene, true);
      case POLYGONS -> Polygons.images(scene);
      case BARS -> List.of(scene, Tables.all(scene, Tables::flipColumns));
    };
  }

  @Override
  List<WrongAnswer> mistakes(PatternScene scene, Place missing, Question question) {
    // The colour of the kind that is most like the missing one's.
    List<List<String>> kinds = scene.rows(layout.kinds);
    int own = number(kinds.get(missing.row()), missing.column());
    int nearest = Integer.MAX_VALUE;
    String colour = null;
    for (int r = 0; r < kinds.size(); r++) {
      for (int c = 0; c < kinds.get(r).size(); c++) {
        int away = Math.abs(number(kinds.get(r), c) - own);
        String here = scene.rows(Words.COLOURS).get(r).get(c);
        if (away > 0 && away < nearest && !here.equals(Words.MISSING)) {
          nearest = away;
          colour = here;
        }
      }
    }
    return colour == null ? List.of() : List.of(new WrongAnswer("similar-kind", colour));
  }

  @Override
  void paint(PatternScene scene, Brush brush) {
    List<List<String>> colours = scene.rows(Words.COLOURS);
    List<List<String>> kinds = scene.rows(layout.kinds);
    switch (layout) {
      case NUMBER_GRID -> grid(colours, kinds, brush);
      case POLYGONS ->
          Polygons.paint(kinds, brush, (r, c) -> brush.fill(colours.get(r).get(c)), marks(colours));
      case BARS ->
          Bars.paint(
              kinds.getFirst(),
              brush,
              i -> brush.fill(colours.getFirst().get(i)),
              marks(colours).getFirst());
    }
  }

  /** Only the question mark is written. */
  private static List<List<String>> marks(List<List<String>> colours) {
    return colours.stream()
        .map(row -> row.stream().map(c -> c.equals(Words.MISSING) ? c : "").toList())
        .toList();
  }

  private static void grid(List<List<String>> colours, List<List<String>> numbers, Brush brush) {
    int columns = colours.getFirst().size();
    double cell = 1.0 / Math.max(colours.size(), columns);
    double left = (1 - columns * cell) / 2;
    double top = (1 - colours.size() * cell) / 2;
    for (int r = 0; r < colours.size(); r++) {
      for (int c = 0; c < columns; c++) {
        String colour = colours.get(r).get(c);
        double u = left + c * cell;
        double v = top + r * cell;
        brush.box(u, v, cell, cell, brush.fill(colour));
        boolean missing = colour.equals(Words.MISSING);
        brush.plate(
            numbers.get(r).get(c), u + cell * (missing ? 0.3 : 0.5), v + cell / 2, 0.24 * cell);
        if (missing) {
          brush.question(u + 0.76 * cell, v + cell / 2, 0.42 * cell);
        }
      }
    }
  }
}
