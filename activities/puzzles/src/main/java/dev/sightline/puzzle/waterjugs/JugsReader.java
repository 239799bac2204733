package dev.sightline.puzzle.waterjugs;

import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.foreign.ForeignPuzzle;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** AlgoPuzzleVQA's water_jugs: capacities, start and end as lists from left to right. */
final class JugsReader implements ForeignReader {
  @Override
  public String fileName() {
    return "water_jugs";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("capacities", "start", "end");
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    List<Integer> capacities = litres(inputs, "capacities");
    JugsScene scene = new JugsScene(capacities, litres(inputs, "start"));
    Map<String, Object> config =
        Map.of("minimumJugs", capacities.size(), "maximumJugs", capacities.size());
    return new ForeignPuzzle(
        new WaterJugsFamily().configure(config),
        new Puzzle(scene, WaterJugsFamily.ask(litres(inputs, "end"))));
  }

  private static List<Integer> litres(Map<String, ?> inputs, String field) {
    if (!(inputs.get(field) instanceof List<?> list) || list.isEmpty()) {
      throw new IllegalArgumentException("field '" + field + "' must be a list of litres");
    }
    List<Integer> litres = new ArrayList<>();
    for (Object element : list) {
      Integer value = Fields.asInteger(element);
      if (value == null) {
        throw new IllegalArgumentException(
            "field '" + field + "' must hold whole litres, but is " + list);
      }
      litres.add(value);
    }
    return litres;
  }
}
