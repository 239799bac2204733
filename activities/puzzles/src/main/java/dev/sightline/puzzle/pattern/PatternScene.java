package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.Scene;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pattern's picture shows: a table of cells for each attribute ({@code colours}, {@code
 * numbers}, {@code sizes} ...), rows from top to bottom. "?" is where the question mark is drawn.
 */
public record PatternScene(Map<String, List<List<String>>> tables) implements Scene {
  public PatternScene {
    Map<String, List<List<String>>> copy = new TreeMap<>();
    for (Map.Entry<String, List<List<String>>> table : tables.entrySet()) {
      List<List<String>> rows = new ArrayList<>(table.getValue().size());
      for (List<String> row : table.getValue()) {
        rows.add(List.copyOf(row));
      }
      copy.put(table.getKey(), List.copyOf(rows));
    }
    tables = Collections.unmodifiableMap(copy);
  }

  /** The rows of a table; empty where the picture has no such attribute. */
  public List<List<String>> rows(String table) {
    return tables.getOrDefault(table, List.of());
  }
}
