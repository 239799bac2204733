package dev.sightline.puzzle.pattern;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Makes, changes and mirrors tables of cells. */
final class Tables {
  private Tables() {}

  static List<List<String>> row(List<?> cells) {
    return List.of(cells.stream().map(String::valueOf).toList());
  }

  /** The table whose cell at row and column is what the function gives. */
  static List<List<String>> grid(int rows, int columns, BiFunction<Integer, Integer, ?> cell) {
    List<List<String>> table = new ArrayList<>(rows);
    for (int r = 0; r < rows; r++) {
      List<String> row = new ArrayList<>(columns);
      for (int c = 0; c < columns; c++) {
        row.add(String.valueOf(cell.apply(r, c)));
      }
      table.add(row);
    }
    return table;
  }

  /** Values cut into rows of one, two, three ... cells. */
  static List<List<String>> triangle(List<?> values) {
    List<List<String>> table = new ArrayList<>();
    int next = 0;
    for (int length = 1; next < values.size(); length++) {
      table.add(row(values.subList(next, next + length)).getFirst());
      next += length;
    }
    return table;
  }

  static List<List<String>> with(List<List<String>> table, int row, int column, Object value) {
    List<List<String>> copy = new ArrayList<>(table);
    List<String> line = new ArrayList<>(table.get(row));
    line.set(column, String.valueOf(value));
    copy.set(row, line);
    return copy;
  }

  static PatternScene with(PatternScene scene, Place place, Object value) {
    return replace(
        scene, place.table(), with(scene.rows(place.table()), place.row(), place.column(), value));
  }

  static PatternScene replace(PatternScene scene, String table, List<List<String>> rows) {
    Map<String, List<List<String>>> tables = new TreeMap<>(scene.tables());
    tables.put(table, rows);
    return new PatternScene(tables);
  }

  /** The same change to every table. */
  static PatternScene all(PatternScene scene, UnaryOperator<List<List<String>>> change) {
    Map<String, List<List<String>>> tables = new TreeMap<>();
    scene.tables().forEach((name, rows) -> tables.put(name, change.apply(rows)));
    return new PatternScene(tables);
  }

  static List<List<String>> flipRows(List<List<String>> table) {
    return table.reversed();
  }

  static List<List<String>> flipColumns(List<List<String>> table) {
    return table.stream().map(List::reversed).toList();
  }

  static List<List<String>> transposed(List<List<String>> table) {
    return table.isEmpty()
        ? table
        : grid(table.getFirst().size(), table.size(), (r, c) -> table.get(c).get(r));
  }

  static List<List<String>> sortedRows(List<List<String>> table) {
    return table.stream().sorted((a, b) -> a.toString().compareTo(b.toString())).toList();
  }

  /** Turned and mirrored rings: tables of one row are rotated together, others are left. */
  static List<PatternScene> ring(PatternScene scene, int cells) {
    List<PatternScene> images = new ArrayList<>();
    for (int shift = 0; shift < cells; shift++) {
      int by = shift;
      PatternScene turned = all(scene, table -> turn(table, cells, by));
      images.add(turned);
      images.add(all(turned, table -> table.size() == 1 ? flipColumns(table) : table));
    }
    return images;
  }

  private static List<List<String>> turn(List<List<String>> table, int cells, int by) {
    if (table.size() != 1 || table.getFirst().size() != cells) {
      return table;
    }
    List<String> line = new ArrayList<>(table.getFirst());
    Collections.rotate(line, by);
    return List.of(line);
  }

  /** Mirrored left to right, top to bottom and both; with {@code turns} also along diagonals. */
  static List<PatternScene> mirrored(PatternScene scene, boolean turns) {
    List<PatternScene> images = new ArrayList<>();
    images.add(scene);
    images.add(all(scene, Tables::flipRows));
    images.add(all(scene, Tables::flipColumns));
    images.add(all(images.get(1), Tables::flipColumns));
    if (turns) {
      for (PatternScene image : List.copyOf(images)) {
        images.add(all(image, Tables::transposed));
      }
    }
    return images;
  }
}
