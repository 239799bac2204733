package dev.sightline.puzzle.colourhue;

import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.foreign.ForeignPuzzle;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** AlgoPuzzleVQA's boards, from the colours of both grids or, without them, from the order. */
final class ColourHueReader implements ForeignReader {
  private final ColourHueFamily family;

  ColourHueReader(ColourHueFamily family) {
    this.family = family;
  }

  @Override
  public String fileName() {
    return "colour_hue";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("ideal_grid", "shuffled_grid", "shuffled_order");
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    List<List<?>> ideal = grid(inputs, "ideal_grid");
    List<Object> homes = new ArrayList<>();
    ideal.forEach(homes::addAll);
    List<Integer> tiles =
        inputs.containsKey("shuffled_order") ? order(inputs) : byColour(homes, inputs);
    ColourHueScene scene = new ColourHueScene(ideal.size(), ideal.getFirst().size(), tiles);
    return new ForeignPuzzle(
        family.configure(Map.of("rows", scene.rows(), "columns", scene.columns())),
        new Puzzle(scene, Question.of(ColourHueFamily.SWAPS)));
  }

  private static List<Integer> byColour(List<Object> homes, Map<String, ?> inputs) {
    List<Integer> tiles = new ArrayList<>();
    for (List<?> row : grid(inputs, "shuffled_grid")) {
      for (Object colour : row) {
        int home = homes.indexOf(colour);
        if (home < 0 || home != homes.lastIndexOf(colour)) {
          throw new IllegalArgumentException(
              "field 'shuffled_grid': the colour " + colour + " is not once in 'ideal_grid'");
        }
        tiles.add(home);
      }
    }
    return tiles;
  }

  private static List<Integer> order(Map<String, ?> inputs) {
    List<Integer> tiles = new ArrayList<>();
    if (inputs.get("shuffled_order") instanceof List<?> list) {
      for (Object element : list) {
        Integer tile = Fields.asInteger(element);
        if (tile == null) {
          throw new IllegalArgumentException(
              "field 'shuffled_order' must be a list of integers, but has " + element);
        }
        tiles.add(tile);
      }
    }
    return tiles;
  }

  private static List<List<?>> grid(Map<String, ?> inputs, String field) {
    List<List<?>> rows = new ArrayList<>();
    if (inputs.get(field) instanceof List<?> list) {
      for (Object row : list) {
        if (row instanceof List<?> cells) {
          rows.add(cells);
        }
      }
    }
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("field '" + field + "' must be rows of colours");
    }
    return rows;
  }
}
