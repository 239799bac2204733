package dev.sightline.puzzle.pattern;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What is measured of every pattern's picture, and how large drawn sizes are. */
final class PatternMeasures {
  /** Objects: cells of the largest table. */
  static final String CELLS = "cells";

  /** Distinct values of the attribute that is asked for. */
  static final String VALUES = "values";

  /** Greatest number in the picture, 0 without numbers. */
  static final String LARGEST = "largest";

  /** Facts in the picture plus distinct values. */
  static final String LOAD = "load";

  static final Set<String> NAMES = Set.of(CELLS, VALUES, LARGEST, LOAD);

  private PatternMeasures() {}

  static Map<String, Integer> of(Pattern pattern, PatternScene scene) {
    int cells = 0;
    int facts = 0;
    int largest = 0;
    Set<String> values = new HashSet<>();
    for (var section : pattern.sections()) {
      List<List<String>> rows = scene.rows(section.name());
      int count = rows.stream().mapToInt(List::size).sum();
      cells = Math.max(cells, count);
      facts += section.given() ? 0 : count;
      for (List<String> row : rows) {
        for (String cell : row) {
          if (section.name().equals(Words.NUMBERS) && !cell.equals(Words.MISSING)) {
            largest = Math.max(largest, Integer.parseInt(cell));
          }
          if (pattern.asked().contains(section.name()) && !cell.equals(Words.MISSING)) {
            values.add(cell);
          }
        }
      }
    }
    Map<String, Integer> measures = new TreeMap<>();
    measures.put(CELLS, cells);
    measures.put(VALUES, values.size());
    measures.put(LARGEST, largest);
    measures.put(LOAD, facts + values.size());
    return measures;
  }

  /** The radius of a size, as a share of the largest. */
  static double size(String word) {
    return switch (word) {
      case "small" -> 0.32;
      case "medium" -> 0.54;
      case "large" -> 0.77;
      default -> 1;
    };
  }
}
