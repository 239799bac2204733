package dev.sightline.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one reading has found so far: problems, positions, filled defaults, and the parts that are
 * whole.
 */
final class Findings {
  private final String source;
  private final List<SpecProblem> problems = new ArrayList<>();
  private final Map<String, SpecNode.Position> positions = new HashMap<>();
  private final List<String> defaulted = new ArrayList<>();
  private final Map<String, Record> parts = new LinkedHashMap<>();

  Findings(String source) {
    this.source = source;
  }

  String source() {
    return source;
  }

  List<SpecProblem> problems() {
    return problems;
  }

  void place(String path, SpecNode.Position at) {
    // What comes from a default has no place of its own: it is reported where its parent stands.
    if (!at.equals(SpecNode.Position.NONE)) {
      positions.put(path, at);
    }
  }

  void defaulted(String path) {
    defaulted.add(path);
  }

  /** A part of the spec whose own fields are right. */
  void part(String path, Record part) {
    parts.put(path, part);
  }

  Map<String, Record> parts() {
    return parts;
  }

  /** Whether every arm that was written could be read. */
  boolean armsWhole() {
    return problems.stream().noneMatch(p -> p.field().startsWith("arms"));
  }

  List<String> defaulted() {
    return defaulted;
  }

  /** Adds a problem at the field, or at the nearest part around it that was written. */
  void problem(String path, String problem, String fix) {
    String place = path;
    while (!positions.containsKey(place) && !place.isEmpty()) {
      place =
          place.substring(0, Math.max(0, Math.max(place.lastIndexOf('.'), place.lastIndexOf('['))));
    }
    problem(path, positions.getOrDefault(place, SpecNode.Position.NONE), problem, fix);
  }

  void problem(String path, SpecNode.Position at, String problem, String fix) {
    problems.add(new SpecProblem(source, at.line(), at.column(), path, problem, fix));
  }

  List<SpecProblem> sorted() {
    return problems.stream()
        .sorted(Comparator.comparingInt(SpecProblem::line).thenComparingInt(SpecProblem::column))
        .toList();
  }
}
