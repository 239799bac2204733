package dev.sightline.puzzle.map;

import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.foreign.ForeignPuzzle;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the maps of AlgoPuzzleVQA: polygons in the unit square with y upwards, pairs of adjacent
 * regions from 1 in both directions, and the colours that are known.
 */
final class MapReader implements ForeignReader {
  private static final String POLYGONS = "polygon_vertices";
  private static final String ADJACENT = "polygon_adjacency_list";
  private static final String COLOURS = "known_colours";

  private final PuzzleFamily family;

  MapReader(PuzzleFamily family) {
    this.family = family;
  }

  @Override
  public String fileName() {
    return "map";
  }

  @Override
  public Set<String> inputs() {
    return Set.of(POLYGONS, ADJACENT, COLOURS);
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    Map<String, Object> polygons = Fields.map(inputs, POLYGONS);
    Map<String, Object> known = Fields.map(inputs, COLOURS);
    List<String> colours = new ArrayList<>();
    List<MapScene.Patch> patches = new ArrayList<>();
    for (int region = 1; region <= polygons.size(); region++) {
      Object colour = known.get(Integer.toString(region));
      colours.add(
          colour == null ? MapScene.WHITE : String.valueOf(colour).toLowerCase(Locale.ROOT));
      patches.add(new MapScene.Patch(region, corners(polygons.get(Integer.toString(region)))));
    }
    TreeSet<MapScene.Border> borders = new TreeSet<>();
    for (List<?> pair : lists(inputs.get(ADJACENT), ADJACENT)) {
      Integer one = pair.size() == 2 ? Fields.asInteger(pair.get(0)) : null;
      Integer other = pair.size() == 2 ? Fields.asInteger(pair.get(1)) : null;
      if (one == null || other == null) {
        throw odd(ADJACENT, "pairs of region numbers", pair);
      }
      borders.add(new MapScene.Border(Math.min(one, other), Math.max(one, other)));
    }
    MapScene scene = new MapScene(colours, List.copyOf(borders), patches);
    return new ForeignPuzzle(
        family.configure(Map.of("regions", scene.regions())),
        new Puzzle(scene, Question.of(MapFamily.COUNT)));
  }

  private static List<Integer> corners(@org.jspecify.annotations.Nullable Object polygon) {
    List<Integer> corners = new ArrayList<>();
    for (List<?> point : lists(polygon, POLYGONS)) {
      if (point.size() != 2
          || !(point.get(0) instanceof Number x)
          || !(point.get(1) instanceof Number y)) {
        throw odd(POLYGONS, "points in the unit square", point);
      }
      corners.add((int) Math.round(x.doubleValue() * 1000));
      corners.add((int) Math.round(1000 - y.doubleValue() * 1000));
    }
    return corners;
  }

  private static List<List<?>> lists(
      @org.jspecify.annotations.Nullable Object value, String field) {
    if (!(value instanceof List<?> outer)) {
      throw odd(field, "lists", value);
    }
    List<List<?>> lists = new ArrayList<>();
    for (Object element : outer) {
      if (!(element instanceof List<?> inner)) {
        throw odd(field, "lists", value);
      }
      lists.add(inner);
    }
    return lists;
  }

  private static IllegalArgumentException odd(
      String field, String wanted, @org.jspecify.annotations.Nullable Object value) {
    return new IllegalArgumentException(
        "field '" + field + "' must be " + wanted + ", but is " + value);
  }
}
