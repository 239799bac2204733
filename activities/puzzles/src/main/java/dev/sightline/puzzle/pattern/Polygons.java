package dev.sightline.puzzle.pattern;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntBinaryOperator;

/** The layout of polygons in rows of one, two, three ... */
final class Polygons {
  static final int LEAST = 3;
  static final int GREATEST = 9;

  /** What is drawn; nonagons are hard to tell from octagons, so only others' puzzles have them. */
  static final List<String> SIDES = List.of("3", "4", "5", "6", "7", "8");

  private static final int MOST_ROWS = 6;

  private Polygons() {}

  static boolean fits(List<List<String>> rows) {
    if (rows.size() < 2 || rows.size() > MOST_ROWS) {
      return false;
    }
    for (int r = 0; r < rows.size(); r++) {
      if (rows.get(r).size() != r + 1) {
        return false;
      }
    }
    return true;
  }

  static String place(Place place) {
    return "the polygon in row %d from the top, place %d from the left"
        .formatted(place.row() + 1, place.column() + 1);
  }

  /** The six symmetries of a triangle. */
  static List<PatternScene> images(PatternScene scene) {
    List<PatternScene> images = new ArrayList<>();
    PatternScene turned = scene;
    for (int i = 0; i < 3; i++) {
      images.add(turned);
      images.add(Tables.all(turned, Tables::flipColumns));
      turned = Tables.all(turned, Polygons::turned);
    }
    return images;
  }

  /** A third of a turn: from the three distances to the edges, the next one becomes the row. */
  private static List<List<String>> turned(List<List<String>> table) {
    int rows = table.size();
    List<List<String>> out = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      out.add(new ArrayList<>(Collections.nCopies(r + 1, "")));
    }
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c <= r; c++) {
        int newRow = rows - 1 - (r - c);
        int newColumn = rows - 1 - r;
        out.get(newRow).set(newColumn, table.get(r).get(c));
      }
    }
    return out;
  }

  /**
   * @param fill colour by row and column
   * @param marks what is written on the polygons
   */
  static void paint(
      List<List<String>> sides, Brush brush, IntBinaryOperator fill, List<List<String>> marks) {
    int rows = sides.size();
    double cell = 1.0 / rows;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c <= r; c++) {
        double u = 0.5 + (c - r / 2.0) * cell;
        double v = (r + 0.52) * cell;
        int count = Integer.parseInt(sides.get(r).get(c));
        brush.regular(count, u, v, 0.47 * cell, fill.applyAsInt(r, c));
        double lower = count == 3 ? 0.02 * cell : 0;
        brush.textWithin(
            marks.get(r).get(c), u, v + lower, (count == 3 ? 0.22 : 0.28) * cell, 0.42 * cell);
      }
    }
  }
}
